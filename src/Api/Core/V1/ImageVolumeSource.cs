using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record ImageVolumeSource
{
    [Proto(2), OneOf("Always", "IfNotPresent", "Never")]
    public string? PullPolicy { get; init; }

    [Proto(1)]
    public string? Reference { get; init; }
}
