using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Networking;

namespace MiniK8s.ApiServer.Kinds;

/// <summary>
/// Completes an update from the Service that it replaces: values that the server set and the client left out are kept, values
/// that the new type has no use for and the client did not change are released.
/// </summary>
internal static class ServiceUpdate
{
    public static Service Prepare(Service service, Service existing, ServiceNetwork network)
    {
        var before = existing.Spec ?? new();
        var spec = Keep(service.Spec ?? new(), before);
        spec = AlignAddresses(spec, before);
        spec = Release(spec, before);
        spec = ServiceFamilies.Complete(spec, before, network);
        var status = spec.Type == "LoadBalancer" ? existing.Status : (existing.Status ?? new()) with { LoadBalancer = new() };
        return service with { Spec = spec, Status = status };
    }

    /// <summary>clusterIPs follows a clusterIP that was set, changed or cleared alone, as clients from before dual stack do.</summary>
    public static ServiceSpec AlignAddresses(ServiceSpec spec, ServiceSpec? existing)
    {
        var given = !string.IsNullOrEmpty(spec.ClusterIP);
        if (existing is null) return given && spec.ClusterIPs.Count == 0 ? spec with { ClusterIPs = [spec.ClusterIP!] } : spec;
        if (spec.ClusterIPs.Count > 0 && !spec.ClusterIPs.SequenceEqual(existing.ClusterIPs)) return spec;
        if ((spec.ClusterIP ?? "") != (existing.ClusterIP ?? "")) return spec with { ClusterIPs = given ? [spec.ClusterIP!] : [] };
        return spec.ClusterIPs.Count == 0 ? spec with { ClusterIPs = existing.ClusterIPs } : spec;
    }

    private static ServiceSpec Keep(ServiceSpec spec, ServiceSpec existing)
    {
        if (ServiceNeeds.ClusterIP(spec) && ServiceNeeds.ClusterIP(existing))
        {
            spec = spec with
            {
                ClusterIP = string.IsNullOrEmpty(spec.ClusterIP) ? existing.ClusterIP : spec.ClusterIP,
                ClusterIPs = spec.ClusterIPs.Count == 0 ? existing.ClusterIPs : spec.ClusterIPs,
            };
        }
        if (ServiceNeeds.NodePorts(spec) && MayHaveNodePorts(existing)) spec = spec with { Ports = KeepNodePorts(spec.Ports, existing.Ports) };
        if (ServiceNeeds.HealthCheckNodePort(spec) && ServiceNeeds.HealthCheckNodePort(existing) && spec.HealthCheckNodePort is null or 0)
            spec = spec with { HealthCheckNodePort = existing.HealthCheckNodePort };
        return spec;
    }

    /// <summary>A port without node port keeps the one that the port of its name had, unless another port has it now that cannot share it.</summary>
    private static List<ServicePort> KeepNodePorts(IReadOnlyList<ServicePort> ports, IReadOnlyList<ServicePort> existing)
    {
        var before = new Dictionary<string, int>();
        foreach (var port in existing) before.TryAdd(port.Name ?? "", port.NodePort ?? 0);
        var result = ports.ToList();
        for (var index = 0; index < result.Count; index++)
        {
            var port = result[index];
            if (port.NodePort is > 0 || !before.TryGetValue(port.Name ?? "", out var number) || number == 0) continue;
            var isFree = result.All(other => other.NodePort != number || (other.Port == port.Port && other.Protocol != port.Protocol));
            if (isFree) result[index] = port with { NodePort = number };
        }
        return result;
    }

    private static ServiceSpec Release(ServiceSpec spec, ServiceSpec existing)
    {
        if (ServiceNeeds.ClusterIP(existing) && !ServiceNeeds.ClusterIP(spec)) spec = ReleaseAddresses(spec, existing);
        if (MayHaveNodePorts(existing) && !MayHaveNodePorts(spec) && AddsNoNodePort(spec, existing))
            spec = spec with { Ports = [.. spec.Ports.Select(port => port with { NodePort = null })] };
        if (ServiceNeeds.HealthCheckNodePort(existing) && !ServiceNeeds.HealthCheckNodePort(spec) && spec.HealthCheckNodePort == existing.HealthCheckNodePort)
            spec = spec with { HealthCheckNodePort = null };
        if (ServiceNeeds.ExternalTrafficPolicy(existing) && !ServiceNeeds.ExternalTrafficPolicy(spec) && spec.ExternalTrafficPolicy == existing.ExternalTrafficPolicy)
            spec = spec with { ExternalTrafficPolicy = null };
        if (existing.Type != "LoadBalancer" || spec.Type == "LoadBalancer") return spec;
        return spec with
        {
            AllocateLoadBalancerNodePorts = spec.AllocateLoadBalancerNodePorts == existing.AllocateLoadBalancerNodePorts ? null : spec.AllocateLoadBalancerNodePorts,
            LoadBalancerClass = spec.LoadBalancerClass == existing.LoadBalancerClass ? null : spec.LoadBalancerClass,
        };
    }

    private static ServiceSpec ReleaseAddresses(ServiceSpec spec, ServiceSpec existing)
    {
        var same = (spec.ClusterIP ?? "") == (existing.ClusterIP ?? "") && spec.ClusterIPs.SequenceEqual(existing.ClusterIPs);
        return spec with
        {
            ClusterIP = same ? null : spec.ClusterIP,
            ClusterIPs = same ? [] : spec.ClusterIPs,
            IpFamilies = spec.IpFamilies.SequenceEqual(existing.IpFamilies) ? [] : spec.IpFamilies,
            IpFamilyPolicy = spec.IpFamilyPolicy == existing.IpFamilyPolicy ? null : spec.IpFamilyPolicy,
        };
    }

    /// <summary>Node ports that stand in the update only because they stood there before are no wish of the client.</summary>
    private static bool AddsNoNodePort(ServiceSpec spec, ServiceSpec existing) =>
        spec.Ports.Select(port => port.NodePort ?? 0).Where(number => number > 0).All(number => existing.Ports.Any(port => port.NodePort == number));

    /// <summary>A load balancer that asks for no node ports still keeps those that it names.</summary>
    private static bool MayHaveNodePorts(ServiceSpec spec) => spec.Type is "NodePort" or "LoadBalancer";
}
