using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Fibre Channel disk; by WWN and LUN, or by WWID.</summary>
public sealed record FCVolumeSource
{
    /// <summary>File system of the disk.</summary>
    [Proto(3)]
    public string? FsType { get; init; }

    /// <summary>Number of the unit.</summary>
    [Proto(2), ZeroCounts]
    public int? Lun { get; init; }

    /// <summary>Whether it is mounted read-only; false unless given.</summary>
    [Proto(4)]
    public bool? ReadOnly { get; init; }

    /// <summary>World-wide names of the target.</summary>
    [Proto(1), Atomic]
    public IReadOnlyList<string> TargetWWNs { get; init => field = value ?? []; } = [];

    /// <summary>World-wide ids of the disk.</summary>
    [Proto(5), Atomic]
    public IReadOnlyList<string> Wwids { get; init => field = value ?? []; } = [];
}
