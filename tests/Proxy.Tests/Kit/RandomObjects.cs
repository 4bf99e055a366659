using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Discovery.V1;

namespace MiniK8s.Proxy.Tests.Kit;

/// <summary>Services and slices of every kind, by chance: types, policies, ranges, affinity, turns, zones, what is not ready and what goes.</summary>
/// <param name="random">Decides all; the same seed gives the same objects.</param>
/// <param name="services">How many Services there can be.</param>
internal sealed class RandomObjects(Random random, int services)
{
    /// <summary>An external address that several Services may share.</summary>
    public const string SharedAddress = "192.0.2.9";

    /// <summary>Whether Services may share an external address and port.</summary>
    public bool Shares { get; init; } = true;

    /// <summary>Changes one thing.</summary>
    public void Edit(IRuleWorld world)
    {
        var name = $"s{random.Next(services)}";
        switch (random.Next(20))
        {
            case 0:
                world.Remove<Service>(name);
                break;
            case 1:
                world.Remove<EndpointSlice>($"{name}-{random.Next(1, 3)}");
                break;
            case 2:
                world.Put([Given.Node(random.Next(3) switch { 0 => null, 1 => "a", _ => "b" })]);
                break;
            case < 8:
                world.Put([AnyService(name)]);
                break;
            default:
                world.Put([AnySlice(name)]);
                break;
        }
    }

    private Service AnyService(string name)
    {
        var number = int.Parse(name[1..]);
        var service = Given.Service(name, $"10.96.0.{number + random.Next(2) * 100}", spec => spec with
        {
            Type = random.Next(4) switch { 0 => "LoadBalancer", 1 => "NodePort", _ => "ClusterIP" },
            Ports = random.Next(3) switch
            {
                0 => [Given.Port("http", 80, 30000 + number), Given.Port("dns", 53, 30100 + number, "UDP")],
                1 => [Given.Port("http", 80, 30000 + number), Given.Port("sig", 80, 30200 + number, "SCTP")],
                _ => [Given.Port("http", random.Next(80, 82))],
            },
            ExternalTrafficPolicy = Policy(),
            InternalTrafficPolicy = Policy(),
            ExternalIPs = random.Next(4) == 0 ? [Shares ? SharedAddress : $"192.0.2.{10 + number}"] : [],
            LoadBalancerSourceRanges = random.Next(3) == 0 ? ["203.0.113.0/24", .. random.Next(2) == 0 ? (string[])["192.168.0.0/16"] : []] : [],
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

    private string Policy() => random.Next(3) == 0 ? "Local" : "Cluster";

    private EndpointSlice AnySlice(string name)
    {
        var endpoints = Enumerable.Range(0, random.Next(8) == 0 ? random.Next(12) : random.Next(5)).Select(_ => AnyEndpoint()).ToArray();
        return Given.SliceOf(name, $"{random.Next(1, 3)}", [Given.SlicePort("http", 8080), Given.SlicePort("dns", 5353, "UDP"), Given.SlicePort("sig", 2905, "SCTP")], endpoints);
    }

    private Endpoint AnyEndpoint()
    {
        var ready = random.Next(3) != 0;
        var endpoint = Given.Endpoint(
            $"10.244.{random.Next(1, 3)}.{random.Next(1, 12)}", random.Next(2) == 0 ? Given.NodeName : Given.OtherNode, ready, ready || random.Next(2) == 0, !ready && random.Next(2) == 0);
        return random.Next(3) == 0
            ? endpoint
            : endpoint with { Hints = new EndpointHints { ForZones = [new ForZone { Name = random.Next(2) == 0 ? "a" : "b" }] } };
    }
}
