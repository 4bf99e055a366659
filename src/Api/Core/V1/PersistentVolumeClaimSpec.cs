using MiniK8s.Api.Declarations;
using MiniK8s.Api.Meta.V1;

namespace MiniK8s.Api.Core.V1;

/// <summary>What somebody asks of a persistent volume.</summary>
public sealed record PersistentVolumeClaimSpec
{
    /// <summary>How it must be mountable, such as <c>ReadWriteOnce</c>.</summary>
    [Proto(1), Atomic]
    public IReadOnlyList<string> AccessModes { get; init => field = value ?? []; } = [];

    /// <summary>Snapshot or claim with its first contents; the older form of DataSourceRef.</summary>
    [Proto(7)]
    public TypedLocalObjectReference? DataSource { get; init; }

    /// <summary>Object of any kind with its first contents.</summary>
    [Proto(8)]
    public TypedObjectReference? DataSourceRef { get; init; }

    /// <summary>Least and greatest size.</summary>
    [Proto(2)]
    public VolumeResourceRequirements? Resources { get; init; }

    /// <summary>Labels of the volumes that may be bound.</summary>
    [Proto(4)]
    public LabelSelector? Selector { get; init; }

    /// <summary>Storage class; the cluster's default if null, none if empty.</summary>
    [Proto(5), ZeroCounts]
    public string? StorageClassName { get; init; }

    /// <summary>Class of settings that may change while the volume lives.</summary>
    [Proto(9), ZeroCounts]
    public string? VolumeAttributesClassName { get; init; }

    /// <summary><c>Filesystem</c> (the default) or <c>Block</c>.</summary>
    [Proto(6), ZeroCounts, OneOf("Block", "Filesystem")]
    public string? VolumeMode { get; init; }

    /// <summary>Volume that the claim is bound to.</summary>
    [Proto(3)]
    public string? VolumeName { get; init; }
}
