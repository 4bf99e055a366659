using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Obsolete: CephFS directory.</summary>
public sealed record CephFSVolumeSource
{
    /// <summary>Addresses of the monitors.</summary>
    [Proto(1), Required, Atomic]
    public IReadOnlyList<string> Monitors { get; init => field = value ?? []; } = [];

    /// <summary>Directory to mount; <c>/</c> unless given.</summary>
    [Proto(2)]
    public string? Path { get; init; }

    /// <summary>Whether it is mounted read-only; false unless given.</summary>
    [Proto(6)]
    public bool? ReadOnly { get; init; }

    /// <summary>Key ring file on the node.</summary>
    [Proto(4)]
    public string? SecretFile { get; init; }

    /// <summary>Secret in place of the key ring.</summary>
    [Proto(5)]
    public LocalObjectReference? SecretRef { get; init; }

    /// <summary>User name; <c>admin</c> unless given.</summary>
    [Proto(3)]
    public string? User { get; init; }
}
