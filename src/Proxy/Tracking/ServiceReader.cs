using System.Net;
using MiniK8s.Api.Core.V1;
using MiniK8s.Client.Caching;
using MiniK8s.Proxy.Model;
using ApiServicePort = MiniK8s.Api.Core.V1.ServicePort;
using ServicePort = MiniK8s.Proxy.Model.ServicePort;

namespace MiniK8s.Proxy.Tracking;

/// <summary>Makes of a Service what one address family needs of it. Pure.</summary>
/// <param name="family">The family; what belongs to the other one is left out.</param>
/// <param name="defaultBalancing">For Services that do not choose.</param>
internal sealed class ServiceReader(IpFamily family, Balancing defaultBalancing)
{
    private const int DefaultAffinitySeconds = 10800;
    private const int MostAffinitySeconds = 86400;

    /// <summary>Names the proxy that a Service is left to.</summary>
    public const string OtherProxyLabel = "service.kubernetes.io/service-proxy-name";

    /// <summary>Says that a Service is not to be programmed.</summary>
    public const string HeadlessLabel = "service.kubernetes.io/headless";

    private readonly StringPool names = new();

    /// <summary>The ports to program: none for a Service that is headless, an alias, another proxy's, or without an address of this family.</summary>
    public ValueArray<ServicePort> Read(Service? service)
    {
        if (service?.Spec is not { } spec || WhyNot(service) != Unprogrammed.No) return [];
        var clusterIP = ClusterIPOf(spec)!;
        var ports = new List<ServicePort>(spec.Ports.Count);
        foreach (var port in spec.Ports)
        {
            if (TransportProtocols.TryParse(port.Protocol, out var protocol)) ports.Add(Read(service, spec, port, protocol, clusterIP));
        }
        return [.. ports];
    }

    /// <summary>Why no rules are made for a Service; <see cref="Unprogrammed.No"/> for one that gets some.</summary>
    public Unprogrammed WhyNot(Service service)
    {
        if (service.Spec is not { } spec) return Unprogrammed.NoAddressYet;
        if (spec.Type == "ExternalName") return Unprogrammed.ExternalName;
        if (service.Metadata.Labels.ContainsKey(OtherProxyLabel)) return Unprogrammed.OtherProxy;
        if (service.Metadata.Labels.ContainsKey(HeadlessLabel)) return Unprogrammed.Headless;
        if (ClusterIPOf(spec) is not null) return Unprogrammed.No;
        if (spec.ClusterIP == "None") return Unprogrammed.Headless;
        return string.IsNullOrEmpty(spec.ClusterIP) && spec.ClusterIPs.Count == 0 ? Unprogrammed.NoAddressYet : Unprogrammed.OtherFamily;
    }

    private ServicePort Read(Service service, ServiceSpec spec, ApiServicePort port, TransportProtocol protocol, IPAddress clusterIP)
    {
        var externalLocal = spec.ExternalTrafficPolicy == "Local"
            && (spec.Type is "NodePort" or "LoadBalancer" || spec.ExternalIPs.Count > 0);
        var external = Addresses(spec.ExternalIPs);
        return new ServicePort
        {
            Name = new(names.Of(service.Metadata.Namespace), service.Metadata.Name ?? "", names.Of(port.Name), protocol),
            ClusterIP = clusterIP,
            Port = port.Port,
            NodePort = port.NodePort ?? 0,
            ExternalIPs = external,
            LoadBalancerIPs = [.. Addresses(IngressOf(service)).Except(external)],
            SourceRanges = Ranges(spec.LoadBalancerSourceRanges),
            AffinitySeconds = AffinityOf(spec),
            InternalLocal = spec.InternalTrafficPolicy == "Local",
            ExternalLocal = externalLocal,
            HealthCheckNodePort = externalLocal && spec.Type == "LoadBalancer" ? spec.HealthCheckNodePort ?? 0 : 0,
            Balancing = BalancingOf(service),
        };
    }

    private IPAddress? ClusterIPOf(ServiceSpec spec)
    {
        if (spec.ClusterIPs.Count == 0) return family.TryParse(spec.ClusterIP, out IPAddress only) ? only : null;
        foreach (var candidate in spec.ClusterIPs)
        {
            if (family.TryParse(candidate, out IPAddress address)) return address;
        }
        return null;
    }

    /// <summary>An address of mode Proxy belongs to a balancer that wants its traffic itself (KEP-1860).</summary>
    private static IEnumerable<string?> IngressOf(Service service) =>
        (service.Status?.LoadBalancer?.Ingress ?? []).Where(ingress => ingress.IpMode is null or "VIP").Select(ingress => ingress.Ip);

    private ValueArray<IPAddress> Addresses(IEnumerable<string?> texts)
    {
        var addresses = new List<IPAddress>();
        foreach (var text in texts)
        {
            if (family.TryParse(text, out IPAddress address) && !addresses.Contains(address)) addresses.Add(address);
        }
        return [.. addresses];
    }

    private ValueArray<IPNetwork> Ranges(IEnumerable<string> texts)
    {
        var ranges = new List<IPNetwork>();
        foreach (var text in texts)
        {
            if (family.TryParse(text, out IPNetwork range) && !ranges.Contains(range)) ranges.Add(range);
        }
        return [.. ranges];
    }

    private static int AffinityOf(ServiceSpec spec) => spec.SessionAffinity == "ClientIP"
        ? Math.Clamp(spec.SessionAffinityConfig?.ClientIP?.TimeoutSeconds ?? DefaultAffinitySeconds, 1, MostAffinitySeconds)
        : 0;

    private Balancing BalancingOf(Service service) =>
        service.Metadata.Annotations.TryGetValue(BalancingNames.Annotation, out var text) && BalancingNames.TryParse(text, out var wanted)
            ? wanted
            : defaultBalancing;
}

/// <summary>Why a Service gets no rules.</summary>
internal enum Unprogrammed
{
    /// <summary>It gets some.</summary>
    No,

    /// <summary>It is an alias in the DNS.</summary>
    ExternalName,

    /// <summary>A label leaves it to another proxy.</summary>
    OtherProxy,

    /// <summary>It has no cluster IP on purpose.</summary>
    Headless,

    /// <summary>Its cluster IP is not chosen yet.</summary>
    NoAddressYet,

    /// <summary>It has no cluster IP of the family.</summary>
    OtherFamily,
}
