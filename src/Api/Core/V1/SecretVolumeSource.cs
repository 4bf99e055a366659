using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record SecretVolumeSource
{
    [Proto(3), ZeroCounts]
    public int? DefaultMode { get; init; }

    [Proto(2), Atomic]
    public IReadOnlyList<KeyToPath> Items { get; init => field = value ?? []; } = [];

    [Proto(4), ZeroCounts]
    public bool? Optional { get; init; }

    [Proto(1)]
    public string? SecretName { get; init; }
}
