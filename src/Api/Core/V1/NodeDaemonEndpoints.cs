using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Ports of a node's daemons.</summary>
public sealed record NodeDaemonEndpoints
{
    /// <summary>Where the kubelet serves logs, exec and port-forward.</summary>
    [Proto(1)]
    public DaemonEndpoint? KubeletEndpoint { get; init; }
}
