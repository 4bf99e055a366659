using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record ClientIPConfig
{
    [Proto(1), ZeroCounts]
    public int? TimeoutSeconds { get; init; }
}
