using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record SessionAffinityConfig
{
    [Proto(1)]
    public ClientIPConfig? ClientIP { get; init; }
}
