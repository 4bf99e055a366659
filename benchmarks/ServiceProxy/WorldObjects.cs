using System.Net;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Api.Serialization;

namespace MiniK8s.Benchmarks.ServiceProxy;

/// <summary>Services by number and their slices, with all that a real cluster's controllers write into them.</summary>
internal static class WorldObjects
{
    /// <summary>Where all of them lie.</summary>
    public const string Namespace = "default";

    /// <summary>The port of every Service.</summary>
    public const int Port = 80;

    /// <summary>The port of every endpoint.</summary>
    public const int TargetPort = 8080;

    private const int FirstServiceAddress = 0x0A600100;
    private const int FirstPodAddress = 0x0A800000;

    /// <summary>The path of the slices.</summary>
    public const string SlicesPath = $"/apis/discovery.k8s.io/v1/namespaces/{Namespace}/endpointslices";

    /// <summary>The path of the Services.</summary>
    public const string ServicesPath = $"/api/v1/namespaces/{Namespace}/services";

    /// <summary>The cluster IP of a Service.</summary>
    public static IPAddress ClusterIP(int number) => Address(FirstServiceAddress + number);

    /// <summary>The name of a Service's slice.</summary>
    public static string SliceName(int number) => $"service-{number}-x7k2p";

    /// <summary>The only node.</summary>
    public static byte[] Node() => ApiSerializer.Serialize(new Node
    {
        Metadata = new() { Name = ProxyNode.NodeName },
        Status = new() { Addresses = [new() { Type = "InternalIP", Address = "192.168.77.1" }] },
    });

    /// <summary>A Service.</summary>
    public static Service Service(int number) => new()
    {
        Metadata = new()
        {
            Namespace = Namespace, Name = $"service-{number}", Uid = Uid(number),
            Labels = new Dictionary<string, string> { ["app.kubernetes.io/name"] = $"app-{number}", ["app.kubernetes.io/part-of"] = "shop" },
        },
        Spec = new()
        {
            Type = "ClusterIP", ClusterIP = $"{ClusterIP(number)}", ClusterIPs = [$"{ClusterIP(number)}"], IpFamilies = ["IPv4"], IpFamilyPolicy = "SingleStack",
            SessionAffinity = "None", InternalTrafficPolicy = "Cluster", Selector = new Dictionary<string, string> { ["app.kubernetes.io/name"] = $"app-{number}" },
            Ports = [new() { Name = "http", Protocol = "TCP", Port = Port, TargetPort = TargetPort }],
        },
    };

    /// <summary>The slice of a Service with so many ready pods.</summary>
    /// <param name="number">The Service's number.</param>
    /// <param name="endpoints">How many.</param>
    /// <param name="generation">Another one has another pod, with another address, in the first place.</param>
    public static EndpointSlice Slice(int number, int endpoints, int generation = 0) =>
        Slice(number, Enumerable.Range(0, endpoints).Select(index => Address(FirstPodAddress + (number * 16) + index + (index == 0 && generation % 2 == 1 ? 15 : 0))));

    /// <summary>The slice of a Service with these pods.</summary>
    public static EndpointSlice Slice(int number, IEnumerable<IPAddress> pods) => new()
    {
        Metadata = new()
        {
            Namespace = Namespace, Name = SliceName(number),
            Labels = new Dictionary<string, string>
            {
                ["app.kubernetes.io/name"] = $"app-{number}", ["endpointslice.kubernetes.io/managed-by"] = "endpointslice-controller.k8s.io", ["kubernetes.io/service-name"] = $"service-{number}",
            },
            OwnerReferences = [new() { ApiVersion = "v1", Kind = "Service", Name = $"service-{number}", Uid = Uid(number), Controller = true, BlockOwnerDeletion = true }],
        },
        AddressType = "IPv4",
        Ports = [new() { Name = "http", Protocol = "TCP", Port = TargetPort }],
        Endpoints = [.. pods.Select(Endpoint)],
    };

    private static Endpoint Endpoint(IPAddress address, int index) => new()
    {
        Addresses = [$"{address}"],
        Conditions = new() { Ready = true, Serving = true, Terminating = false },
        NodeName = $"node-{index}",
        Zone = "zone-a",
        TargetRef = new() { Kind = "Pod", Namespace = Namespace, Name = $"app-7f6c5b8d9-{address.GetHashCode() & 0xfffff:x5}", Uid = Uid(index) },
    };

    private static string Uid(int number) => $"{number:x8}-4c1d-4b7a-9a39-0123456789ab";

    private static IPAddress Address(int number) => new([(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number]);
}
