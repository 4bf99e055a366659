using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Networking;
using MiniK8s.Api.Values;

namespace MiniK8s.ApiServer.Kinds;

/// <summary>What a Service gets for fields that its author left out (SetDefaults_Service of Kubernetes).</summary>
internal static class ServiceDefaults
{
    private const int AffinitySeconds = 10800;

    public static Service Apply(Service service)
    {
        var spec = service.Spec ?? new();
        spec = spec with { Type = spec.Type ?? "ClusterIP", SessionAffinity = spec.SessionAffinity ?? "None" };
        spec = spec with
        {
            SessionAffinityConfig = Affinity(spec),
            Ports = [.. spec.Ports.Select(Port)],
            ExternalTrafficPolicy = spec.ExternalTrafficPolicy ?? (ServiceNeeds.ExternalTrafficPolicy(spec) ? "Cluster" : null),
            InternalTrafficPolicy = spec.InternalTrafficPolicy ?? (ServiceNeeds.ClusterIP(spec) ? "Cluster" : null),
            AllocateLoadBalancerNodePorts = spec.AllocateLoadBalancerNodePorts ?? (spec.Type == "LoadBalancer" ? true : null),
        };
        return service with { Spec = spec, Status = Status(service.Status, spec) };
    }

    private static ServicePort Port(ServicePort port) => port with
    {
        Protocol = port.Protocol ?? "TCP",
        TargetPort = port.TargetPort is null or { IsString: false, Number: 0 } or { IsString: true, Text: "" } ? (IntOrString)port.Port : port.TargetPort,
        NodePort = port.NodePort is 0 ? null : port.NodePort,
    };

    private static SessionAffinityConfig? Affinity(ServiceSpec spec) => spec.SessionAffinity switch
    {
        "None" => null,
        "ClientIP" => new() { ClientIP = new() { TimeoutSeconds = spec.SessionAffinityConfig?.ClientIP?.TimeoutSeconds ?? AffinitySeconds } },
        _ => spec.SessionAffinityConfig,
    };

    private static ServiceStatus Status(ServiceStatus? status, ServiceSpec spec)
    {
        status = (status ?? new()) with { LoadBalancer = status?.LoadBalancer ?? new() };
        if (spec.Type != "LoadBalancer" || status.LoadBalancer!.Ingress.Count == 0) return status;
        var ingress = status.LoadBalancer.Ingress.Select(entry => entry with { IpMode = entry.IpMode ?? (string.IsNullOrEmpty(entry.Ip) ? null : "VIP") });
        return status with { LoadBalancer = new() { Ingress = [.. ingress] } };
    }
}
