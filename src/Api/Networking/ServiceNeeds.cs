using MiniK8s.Api.Core.V1;

namespace MiniK8s.Api.Networking;

/// <summary>What a Service of a given shape needs from the cluster (Kubernetes: pkg/api/service and pkg/registry/core/service).</summary>
public static class ServiceNeeds
{
    /// <summary>The value of clusterIP that asks for no address.</summary>
    public const string Headless = "None";

    /// <summary>The Service has no address of its own.</summary>
    public static bool IsHeadless(ServiceSpec spec) => spec.ClusterIPs is [Headless] || (spec.ClusterIPs.Count == 0 && spec.ClusterIP == Headless);

    /// <summary>The type has a clusterIP, be it <c>None</c>.</summary>
    public static bool ClusterIP(ServiceSpec spec) => spec.Type is "ClusterIP" or "NodePort" or "LoadBalancer";

    /// <summary>Every port gets a node port.</summary>
    public static bool NodePorts(ServiceSpec spec) =>
        spec.Type == "NodePort" || (spec.Type == "LoadBalancer" && spec.AllocateLoadBalancerNodePorts != false);

    /// <summary>Load balancers ask a port of their own which nodes have endpoints.</summary>
    public static bool HealthCheckNodePort(ServiceSpec spec) => spec is { Type: "LoadBalancer", ExternalTrafficPolicy: "Local" };

    /// <summary>Clients outside the cluster reach the Service.</summary>
    public static bool ExternalTrafficPolicy(ServiceSpec spec) =>
        spec.Type is "NodePort" or "LoadBalancer" || (spec.Type == "ClusterIP" && spec.ExternalIPs.Count > 0);
}
