using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record FCVolumeSource
{
    [Proto(3)]
    public string? FsType { get; init; }

    [Proto(2), ZeroCounts]
    public int? Lun { get; init; }

    [Proto(4)]
    public bool? ReadOnly { get; init; }

    [Proto(1), Atomic]
    public IReadOnlyList<string> TargetWWNs { get; init => field = value ?? []; } = [];

    [Proto(5), Atomic]
    public IReadOnlyList<string> Wwids { get; init => field = value ?? []; } = [];
}
