using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Which seccomp profile filters a container's system calls.</summary>
public sealed record SeccompProfile
{
    /// <summary>File below the kubelet's seccomp directory; only for type Localhost.</summary>
    [Proto(2), ZeroCounts]
    public string? LocalhostProfile { get; init; }

    /// <summary><c>Localhost</c>, <c>RuntimeDefault</c> or <c>Unconfined</c>.</summary>
    [Proto(1), Required, OneOf("Localhost", "RuntimeDefault", "Unconfined")]
    public string Type { get; init => field = value ?? ""; } = "";
}
