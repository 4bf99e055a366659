using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record NodeDaemonEndpoints
{
    [Proto(1)]
    public DaemonEndpoint? KubeletEndpoint { get; init; }
}
