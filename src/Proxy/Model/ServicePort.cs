using System.Net;

namespace MiniK8s.Proxy.Model;

/// <summary>One port of a Service as one address family sees it: all that decides what happens to a packet, and nothing else.</summary>
internal sealed record ServicePort
{
    public required ServicePortName Name { get; init; }

    public required IPAddress ClusterIP { get; init; }

    public required int Port { get; init; }

    /// <summary>0 where the port has none.</summary>
    public int NodePort { get; init; }

    public ValueArray<IPAddress> ExternalIPs { get; init; }

    /// <summary>
    /// Ingress addresses of mode VIP: those that the node itself must answer for. One that is among the external IPs too is open to
    /// everybody as such, whatever the source ranges, and is not here: kube-proxy's iptables asks external IPs first.
    /// </summary>
    public ValueArray<IPAddress> LoadBalancerIPs { get; init; }

    /// <summary>Who may use the load balancer's addresses; empty for everybody.</summary>
    public ValueArray<IPNetwork> SourceRanges { get; init; }

    /// <summary>How long a client stays with its endpoint, in seconds; 0 without session affinity.</summary>
    public int AffinitySeconds { get; init; }

    public bool InternalLocal { get; init; }

    public bool ExternalLocal { get; init; }

    /// <summary>Where load balancers ask whether this node has endpoints; 0 for none.</summary>
    public int HealthCheckNodePort { get; init; }

    public Balancing Balancing { get; init; }

    /// <summary>Whether there is any way in besides the cluster IP.</summary>
    public bool IsExternallyAccessible => NodePort != 0 || LoadBalancerIPs.Count > 0 || ExternalIPs.Count > 0;

    /// <summary>
    /// Whether endpoints of the whole cluster are ever chosen. True also for external policy Local: pods and the node itself
    /// reach external addresses as if through a load balancer outside.
    /// </summary>
    public bool UsesClusterEndpoints => !InternalLocal || IsExternallyAccessible;

    /// <summary>Whether the choice is ever confined to this node.</summary>
    public bool UsesLocalEndpoints => InternalLocal || (ExternalLocal && IsExternallyAccessible);
}
