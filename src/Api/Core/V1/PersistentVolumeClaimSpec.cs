using MiniK8s.Api.Declarations;
using MiniK8s.Api.Meta.V1;

namespace MiniK8s.Api.Core.V1;

public sealed record PersistentVolumeClaimSpec
{
    [Proto(1), Atomic]
    public IReadOnlyList<string> AccessModes { get; init => field = value ?? []; } = [];

    [Proto(7)]
    public TypedLocalObjectReference? DataSource { get; init; }

    [Proto(8)]
    public TypedObjectReference? DataSourceRef { get; init; }

    [Proto(2)]
    public VolumeResourceRequirements? Resources { get; init; }

    [Proto(4)]
    public LabelSelector? Selector { get; init; }

    [Proto(5), ZeroCounts]
    public string? StorageClassName { get; init; }

    [Proto(9), ZeroCounts]
    public string? VolumeAttributesClassName { get; init; }

    [Proto(6), ZeroCounts, OneOf("Block", "Filesystem")]
    public string? VolumeMode { get; init; }

    [Proto(3)]
    public string? VolumeName { get; init; }
}
