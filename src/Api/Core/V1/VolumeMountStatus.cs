using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>State of a mount.</summary>
public sealed record VolumeMountStatus
{
    /// <summary>Path in the container.</summary>
    [Proto(2), Required]
    public string MountPath { get; init => field = value ?? ""; } = "";

    /// <summary>Name of the volume.</summary>
    [Proto(1), Required]
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Whether it is mounted read-only.</summary>
    [Proto(3)]
    public bool? ReadOnly { get; init; }

    /// <summary><c>Disabled</c>, <c>IfPossible</c> or <c>Enabled</c>, as it turned out.</summary>
    [Proto(4), ZeroCounts]
    public string? RecursiveReadOnly { get; init; }
}
