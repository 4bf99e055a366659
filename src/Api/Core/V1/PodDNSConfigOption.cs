using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record PodDNSConfigOption
{
    [Proto(1)]
    public string? Name { get; init; }

    [Proto(2), ZeroCounts]
    public string? Value { get; init; }
}
