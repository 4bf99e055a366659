using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record ContainerStateWaiting
{
    [Proto(2)]
    public string? Message { get; init; }

    [Proto(1)]
    public string? Reason { get; init; }
}
