using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Parts of an SELinux label.</summary>
public sealed record SELinuxOptions
{
    /// <summary>Level part.</summary>
    [Proto(4)]
    public string? Level { get; init; }

    /// <summary>Role part.</summary>
    [Proto(2)]
    public string? Role { get; init; }

    /// <summary>Type part.</summary>
    [Proto(3)]
    public string? Type { get; init; }

    /// <summary>User part.</summary>
    [Proto(1)]
    public string? User { get; init; }
}
