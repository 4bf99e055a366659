using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>A line of /etc/hosts.</summary>
public sealed record HostAlias
{
    /// <summary>Names that stand for the address.</summary>
    [Proto(2), Atomic]
    public IReadOnlyList<string> Hostnames { get; init => field = value ?? []; } = [];

    /// <summary>The address.</summary>
    [Proto(1), Required]
    public string Ip { get; init => field = value ?? ""; } = "";
}
