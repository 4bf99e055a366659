using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record FlockerVolumeSource
{
    [Proto(1)]
    public string? DatasetName { get; init; }

    [Proto(2)]
    public string? DatasetUUID { get; init; }
}
