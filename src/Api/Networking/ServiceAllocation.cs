using System.Net;
using MiniK8s.Api.Core.V1;

namespace MiniK8s.Api.Networking;

/// <summary>
/// What a Service owns of the cluster's addresses and node ports, and how what is missing is chosen. The apiserver guards the
/// ownership and previews the choice in dry runs; the ServiceController chooses.
/// </summary>
public static class ServiceAllocation
{
    /// <summary>The addresses that the Service owns: none for headless ones, for ExternalName and before the choice.</summary>
    public static IReadOnlyList<IPAddress> AddressesOf(Service service)
    {
        var spec = service.Spec ?? new();
        var addresses = new List<IPAddress>();
        foreach (var text in spec.ClusterIPs.Count > 0 ? spec.ClusterIPs : [spec.ClusterIP ?? ""])
        {
            if (IpText.TryParse(text, out var address)) addresses.Add(address);
        }
        return addresses;
    }

    /// <summary>
    /// The node ports that the Service owns, each once, the one for health checks among them. A number is owned for every
    /// protocol: TCP and UDP of one Service may share it, two Services may not.
    /// </summary>
    public static IReadOnlyList<int> NodePortsOf(Service service)
    {
        var spec = service.Spec ?? new();
        return [.. spec.Ports.Select(port => port.NodePort ?? 0).Append(spec.HealthCheckNodePort ?? 0).Where(port => port > 0).Distinct()];
    }

    /// <summary>Whether the Service has every address and port that its type needs.</summary>
    public static bool IsComplete(Service service)
    {
        var spec = service.Spec ?? new();
        if (LacksAddress(spec)) return false;
        if (ServiceNeeds.NodePorts(spec) && spec.Ports.Any(port => port.NodePort is null or 0)) return false;
        return !ServiceNeeds.HealthCheckNodePort(spec) || spec.HealthCheckNodePort is > 0;
    }

    /// <summary>
    /// The Service with every missing address and port chosen. Where a range is used up the field stays empty, and
    /// <see cref="IsComplete"/> says so.
    /// </summary>
    /// <param name="service">The Service, after defaulting.</param>
    /// <param name="network">The ranges to choose from.</param>
    /// <param name="isAddressTaken">Whether another Service owns an address.</param>
    /// <param name="isPortTaken">Whether another Service owns a node port.</param>
    /// <param name="random">The source of the choice.</param>
    public static Service Complete(Service service, ServiceNetwork network, Func<IPAddress, bool> isAddressTaken, Func<int, bool> isPortTaken, Random random)
    {
        var spec = WithAddresses(service.Spec ?? new(), network, isAddressTaken, random);
        var own = NodePortsOf(service).ToHashSet();
        int? Choose()
        {
            var port = AddressPicker.Pick(network.NodePorts, candidate => own.Contains(candidate) || isPortTaken(candidate), random);
            if (port is { } chosen) own.Add(chosen);
            return port;
        }

        if (ServiceNeeds.NodePorts(spec)) spec = spec with { Ports = WithNodePorts(spec.Ports, Choose) };
        if (ServiceNeeds.HealthCheckNodePort(spec) && spec.HealthCheckNodePort is null or 0) spec = spec with { HealthCheckNodePort = Choose() };
        return service with { Spec = spec };
    }

    private static bool LacksAddress(ServiceSpec spec)
    {
        if (!ServiceNeeds.ClusterIP(spec) || ServiceNeeds.IsHeadless(spec)) return false;
        return spec.ClusterIPs.Count < Math.Max(1, spec.IpFamilies.Count) || spec.ClusterIPs.Any(string.IsNullOrEmpty);
    }

    private static ServiceSpec WithAddresses(ServiceSpec spec, ServiceNetwork network, Func<IPAddress, bool> isTaken, Random random)
    {
        if (!LacksAddress(spec)) return spec;
        var families = spec.IpFamilies.Count > 0 ? spec.IpFamilies : [network.DefaultFamily];
        var addresses = spec.ClusterIPs.ToList();
        for (var index = 0; index < families.Count; index++)
        {
            if (index < addresses.Count && addresses[index].Length > 0) continue;
            if (network.RangeOf(families[index]) is not { } range || AddressPicker.Pick(range, isTaken, random) is not { } address) break;
            if (index < addresses.Count) addresses[index] = address.ToString();
            else addresses.Add(address.ToString());
        }

        return spec with { ClusterIPs = addresses, ClusterIP = addresses.Count > 0 ? addresses[0] : spec.ClusterIP, IpFamilies = families };
    }

    /// <summary>One port number in two protocols gets one node port, as where DNS is served over TCP and UDP.</summary>
    private static List<ServicePort> WithNodePorts(IReadOnlyList<ServicePort> ports, Func<int?> choose)
    {
        var result = ports.ToList();
        for (var index = 0; index < result.Count; index++)
        {
            var port = result[index];
            if (port.NodePort is > 0) continue;
            var sibling = result.FirstOrDefault(other => other.Port == port.Port && other.Protocol != port.Protocol && other.NodePort is > 0
                && !result.Any(third => third.Protocol == port.Protocol && third.NodePort == other.NodePort));
            result[index] = port with { NodePort = sibling?.NodePort ?? choose() };
        }
        return result;
    }
}
