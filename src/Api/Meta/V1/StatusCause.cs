using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Meta.V1;

public sealed record StatusCause
{
    [Proto(3)]
    public string? Field { get; init; }

    [Proto(2)]
    public string? Message { get; init; }

    [Proto(1)]
    public string? Reason { get; init; }
}
