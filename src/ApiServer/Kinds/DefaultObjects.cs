using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Api.Networking;
using Endpoint = MiniK8s.Api.Discovery.V1.Endpoint;

namespace MiniK8s.ApiServer.Kinds;

/// <summary>
/// The objects that a cluster has from its start: four Namespaces, and the Service <c>kubernetes</c> in <c>default</c> by which
/// pods reach this server.
/// </summary>
public static class DefaultObjects
{
    private const string ServiceName = "kubernetes";
    private const string PortName = "https";
    private const int ServicePort = 443;

    /// <summary>default, kube-system, kube-public and kube-node-lease.</summary>
    public static IReadOnlyList<Namespace> Namespaces { get; } =
        [.. new[] { "default", "kube-system", "kube-public", "kube-node-lease" }.Select(name => new Namespace { Metadata = new() { Name = name } })];

    /// <summary>The Service <c>kubernetes</c>: the first address of the range, port 443 to the server's own.</summary>
    public static Service Service(ServiceNetwork network, int serverPort)
    {
        ArgumentNullException.ThrowIfNull(network);
        var address = network.Addresses[0].First.ToString();
        return new()
        {
            Metadata = Metadata(new() { ["component"] = "apiserver", ["provider"] = "kubernetes" }),
            Spec = new()
            {
                Type = "ClusterIP",
                ClusterIP = address,
                ClusterIPs = [address],
                IpFamilies = [network.DefaultFamily],
                IpFamilyPolicy = "SingleStack",
                SessionAffinity = "None",
                InternalTrafficPolicy = "Cluster",
                Ports = [new() { Name = PortName, Port = ServicePort, Protocol = "TCP", TargetPort = serverPort }],
            },
        };
    }

    /// <summary>
    /// Where the server is. Without subsets when the address may not stand behind a Service, as a loopback address may not: then
    /// pods cannot reach the server, and the Service refuses their connections.
    /// </summary>
    /// <param name="advertiseAddress">The address at which nodes and pods reach the server.</param>
    /// <param name="serverPort">Its secure port.</param>
    public static Endpoints Endpoints(string advertiseAddress, int serverPort) => new()
    {
        Metadata = Metadata(new() { ["endpointslice.kubernetes.io/skip-mirror"] = "true" }),
        Subsets = ProxyableAddress.IsAllowed(advertiseAddress)
            ? [new() { Addresses = [new() { Ip = advertiseAddress }], Ports = [new() { Name = PortName, Port = serverPort, Protocol = "TCP" }] }]
            : [],
    };

    /// <summary>The same as a slice, which is what proxies read.</summary>
    /// <inheritdoc cref="Endpoints"/>
    public static EndpointSlice EndpointSlice(string advertiseAddress, int serverPort) => new()
    {
        Metadata = Metadata(new() { ["kubernetes.io/service-name"] = ServiceName }),
        AddressType = IpText.IsV6(advertiseAddress) ? "IPv6" : "IPv4",
        Endpoints = ProxyableAddress.IsAllowed(advertiseAddress)
            ? [new Endpoint { Addresses = [advertiseAddress], Conditions = new() { Ready = true } }]
            : [],
        Ports = [new() { Name = PortName, Port = serverPort, Protocol = "TCP" }],
    };

    private static ObjectMeta Metadata(Dictionary<string, string> labels) => new() { Name = ServiceName, Namespace = "default", Labels = labels };
}
