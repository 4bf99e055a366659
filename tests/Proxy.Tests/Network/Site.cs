using MiniK8s.Api.Core.V1;
using MiniK8s.Proxy.Tests.Kit;

namespace MiniK8s.Proxy.Tests.Network;

/// <summary>The name, addresses and ports that one case has for itself.</summary>
internal sealed record Site(int Number)
{
    private const int Block = 200;

    public string Name => $"case-{Number}";

    public string ClusterIP => $"10.96.{Number / Block}.{(Number % Block) + 1}";

    public string ClusterIP6 => $"fd00:96::{Number:x}";

    public string IngressIP => $"203.0.113.{(Number % Block) + 1}";

    public string ExternalIP => $"198.51.100.{(Number % Block) + 1}";

    public int NodePort => 30000 + Number;

    /// <summary>A second node port, for a second port or for health checks.</summary>
    public int OtherNodePort => 31000 + Number;

    public string Cluster => $"{ClusterIP}:80";

    public string Ingress => $"{IngressIP}:80";

    public string External => $"{ExternalIP}:80";

    public string At(string node) => $"{node}:{NodePort}";

    /// <summary>A ClusterIP Service, or what a change makes of it.</summary>
    public Service Service(Func<ServiceSpec, ServiceSpec>? change = null) => Given.Service(Name, ClusterIP, change);

    /// <summary>A Service with a node port.</summary>
    public Service NodePortService(Func<ServiceSpec, ServiceSpec>? change = null) =>
        Service(spec => (change ?? (same => same))(Given.NodePort(spec, NodePort)));

    /// <summary>A Service with every way in: node port, a load balancer's address, an external address.</summary>
    public Service Open(Func<ServiceSpec, ServiceSpec>? change = null, string? ipMode = null)
    {
        var service = NodePortService(spec => (change ?? (same => same))(spec with { Type = "LoadBalancer", ExternalIPs = [ExternalIP] }));
        return service with { Status = new ServiceStatus { LoadBalancer = new LoadBalancerStatus { Ingress = [new LoadBalancerIngress { Ip = IngressIP, IpMode = ipMode }] } } };
    }

    /// <summary>The same Service, which serves its endpoints in turn.</summary>
    public static Service InTurn(Service service) => service with
    {
        Metadata = service.Metadata with { Annotations = new Dictionary<string, string> { ["minik8s.io/balancing"] = "round-robin" } },
    };
}
