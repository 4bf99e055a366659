using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Meta.V1;

public sealed record StatusDetails
{
    [Proto(4), Atomic]
    public IReadOnlyList<StatusCause> Causes { get; init => field = value ?? []; } = [];

    [Proto(2)]
    public string? Group { get; init; }

    [Proto(3)]
    public string? Kind { get; init; }

    [Proto(1)]
    public string? Name { get; init; }

    [Proto(5)]
    public int? RetryAfterSeconds { get; init; }

    [Proto(6)]
    public string? Uid { get; init; }
}
