using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Discovery.V1;

namespace MiniK8s.Proxy.Tests.Kit;

/// <summary>Edits by chance of a few Services, their slices and the Node: every trait that rules know comes up sooner or later.</summary>
internal static class RandomObjects
{
    private const int Services = 12;

    /// <summary>Changes one object of a world.</summary>
    public static void Edit(World world, Random random)
    {
        var name = $"s{random.Next(Services)}";
        switch (random.Next(20))
        {
            case 0:
                world.Remove<Service>(name);
                break;
            case 1:
                world.Remove<EndpointSlice>($"{name}-{random.Next(1, 3)}");
                break;
            case 2:
                world.Put(Given.Node(random.Next(3) switch { 0 => null, 1 => "a", _ => "b" }));
                break;
            case < 8:
                world.Put(AnyService(name, random));
                break;
            default:
                world.Put(AnySlice(name, random));
                break;
        }
    }

    private static Service AnyService(string name, Random random)
    {
        var number = int.Parse(name[1..]);
        var service = Given.Service(name, $"10.96.0.{number + random.Next(2) * 100}", spec => spec with
        {
            Type = random.Next(4) switch { 0 => "LoadBalancer", 1 => "NodePort", _ => "ClusterIP" },
            Ports = random.Next(3) == 0 ? [Given.Port("http", 80, 30000 + number), Given.Port("dns", 53, protocol: "UDP")] : [Given.Port("http", random.Next(80, 82))],
            ExternalTrafficPolicy = Policy(random),
            InternalTrafficPolicy = Policy(random),
            ExternalIPs = random.Next(4) == 0 ? ["192.0.2.9"] : [],
            LoadBalancerSourceRanges = random.Next(3) == 0 ? ["203.0.113.0/24"] : [],
            SessionAffinity = random.Next(4) == 0 ? "ClientIP" : "None",
            HealthCheckNodePort = 31000 + number,
        });
        return service with
        {
            Metadata = service.Metadata with
            {
                Annotations = new Dictionary<string, string> { ["minik8s.io/balancing"] = random.Next(2) == 0 ? "random" : "round-robin" },
            },
            Status = new ServiceStatus
            {
                LoadBalancer = new LoadBalancerStatus { Ingress = random.Next(3) == 0 ? [new LoadBalancerIngress { Ip = $"198.51.100.{number}" }] : [] },
            },
        };
    }

    private static string Policy(Random random) => random.Next(3) == 0 ? "Local" : "Cluster";

    private static EndpointSlice AnySlice(string name, Random random)
    {
        var endpoints = Enumerable.Range(0, random.Next(5)).Select(_ => AnyEndpoint(random)).ToArray();
        return Given.SliceOf(name, $"{random.Next(1, 3)}", [Given.SlicePort("http", 8080), Given.SlicePort("dns", 5353, "UDP")], endpoints);
    }

    private static Endpoint AnyEndpoint(Random random)
    {
        var ready = random.Next(3) != 0;
        var endpoint = Given.Endpoint(
            $"10.244.{random.Next(1, 3)}.{random.Next(1, 9)}", random.Next(2) == 0 ? Given.NodeName : Given.OtherNode, ready, ready || random.Next(2) == 0, !ready && random.Next(2) == 0);
        return random.Next(3) == 0
            ? endpoint
            : endpoint with { Hints = new EndpointHints { ForZones = [new ForZone { Name = random.Next(2) == 0 ? "a" : "b" }] } };
    }
}
