using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Api.Meta.V1;
using EndpointPort = MiniK8s.Api.Discovery.V1.EndpointPort;
using ApiServicePort = MiniK8s.Api.Core.V1.ServicePort;

namespace MiniK8s.Proxy.Tests.Kit;

/// <summary>Objects as tests need them: a base, changed by <c>with</c>.</summary>
internal static class Given
{
    public const string NodeName = "n1";
    public const string OtherNode = "n2";
    public const string NodeAddress = "192.168.77.1";

    /// <summary>A ClusterIP Service in namespace <c>shop</c> with one port <c>http</c>, 80.</summary>
    public static Service Service(string name, string clusterIP, Func<ServiceSpec, ServiceSpec>? change = null)
    {
        var spec = new ServiceSpec { ClusterIP = clusterIP, ClusterIPs = [clusterIP], Type = "ClusterIP", Ports = [Port("http", 80)], InternalTrafficPolicy = "Cluster", SessionAffinity = "None" };
        return new Service { Metadata = new ObjectMeta { Name = name, Namespace = "shop" }, Spec = change?.Invoke(spec) ?? spec };
    }

    public static ApiServicePort Port(string? name, int port, int? nodePort = null, string protocol = "TCP") =>
        new() { Name = name, Port = port, NodePort = nodePort, Protocol = protocol };

    /// <summary>A NodePort service's spec.</summary>
    public static ServiceSpec NodePort(ServiceSpec spec, int nodePort) =>
        spec with { Type = "NodePort", ExternalTrafficPolicy = "Cluster", Ports = [spec.Ports[0] with { NodePort = nodePort }] };

    /// <summary>The only slice of a Service, with one port <c>http</c>, 8080.</summary>
    public static EndpointSlice Slice(string service, params Endpoint[] endpoints) => SliceOf(service, "1", [SlicePort("http", 8080)], endpoints);

    public static EndpointSlice SliceOf(string service, string suffix, IReadOnlyList<EndpointPort> ports, params Endpoint[] endpoints) => new()
    {
        Metadata = new ObjectMeta
        {
            Name = $"{service}-{suffix}",
            Namespace = "shop",
            Labels = new Dictionary<string, string> { ["kubernetes.io/service-name"] = service },
        },
        AddressType = "IPv4",
        Ports = ports,
        Endpoints = endpoints,
    };

    public static EndpointPort SlicePort(string? name, int? port, string protocol = "TCP") => new() { Name = name, Port = port, Protocol = protocol };

    /// <summary>A ready endpoint on this node.</summary>
    public static Endpoint Local(string address) => Endpoint(address, NodeName, ready: true);

    /// <summary>A ready endpoint on another node.</summary>
    public static Endpoint Remote(string address) => Endpoint(address, OtherNode, ready: true);

    public static Endpoint Endpoint(string address, string node, bool ready, bool? serving = null, bool terminating = false) => new()
    {
        Addresses = [address],
        NodeName = node,
        Conditions = new EndpointConditions { Ready = ready, Serving = serving ?? ready, Terminating = terminating },
    };

    public static Node Node(string? zone = null, string address = NodeAddress) => new()
    {
        Metadata = new ObjectMeta
        {
            Name = NodeName,
            Labels = zone is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["topology.kubernetes.io/zone"] = zone },
        },
        Status = new NodeStatus { Addresses = [new NodeAddress { Type = "InternalIP", Address = address }] },
    };
}
