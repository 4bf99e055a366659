using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record NodeConfigStatus
{
    [Proto(2)]
    public NodeConfigSource? Active { get; init; }

    [Proto(1)]
    public NodeConfigSource? Assigned { get; init; }

    [Proto(4)]
    public string? Error { get; init; }

    [Proto(3)]
    public NodeConfigSource? LastKnownGood { get; init; }
}
