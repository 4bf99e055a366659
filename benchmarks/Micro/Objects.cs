using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Discovery.V1;

namespace MiniK8s.Benchmarks.Micro;

/// <summary>Objects by number, as many as are wanted.</summary>
internal static class Objects
{
    /// <summary>A ClusterIP Service with one port.</summary>
    public static Service Service(int number) => new()
    {
        Metadata = new() { Namespace = "default", Name = $"service-{number}", Uid = $"{number:x8}-0000-0000-0000-000000000000", ResourceVersion = $"{number + 1}" },
        Spec = new()
        {
            Type = "ClusterIP", ClusterIP = Address(96, number), ClusterIPs = [Address(96, number)], IpFamilies = ["IPv4"], SessionAffinity = "None", InternalTrafficPolicy = "Cluster",
            Selector = new Dictionary<string, string> { ["app"] = $"app-{number}" }, Ports = [new() { Name = "http", Protocol = "TCP", Port = 80, TargetPort = 8080 }],
        },
    };

    /// <summary>Its slice with so many ready endpoints.</summary>
    public static EndpointSlice Slice(int number, int endpoints) => new()
    {
        Metadata = new() { Namespace = "default", Name = $"service-{number}-1", Labels = new Dictionary<string, string> { ["kubernetes.io/service-name"] = $"service-{number}" } },
        AddressType = "IPv4",
        Ports = [new() { Name = "http", Protocol = "TCP", Port = 8080 }],
        Endpoints = [.. Enumerable.Range(0, endpoints).Select(index => new Endpoint { Addresses = [Address(128, number * endpoints + index)], Conditions = new() { Ready = true } })],
    };

    private static string Address(int second, int number) => $"10.{second + (number >> 16)}.{number >> 8 & 255}.{number & 255}";
}
