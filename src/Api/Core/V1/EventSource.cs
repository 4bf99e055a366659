using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record EventSource
{
    [Proto(1)]
    public string? Component { get; init; }

    [Proto(2)]
    public string? Host { get; init; }
}
