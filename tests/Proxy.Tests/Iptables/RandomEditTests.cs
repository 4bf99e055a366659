using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Proxy.Tests.Kit;

namespace MiniK8s.Proxy.Tests.Iptables;

/// <summary>However a model came about, its rules are the same.</summary>
public sealed class RandomEditTests(ITestOutputHelper output)
{
    private const int Edits = 10_000;
    private const int ComparedEvery = 250;
    private const int Services = 12;

    [Fact]
    public void Ten_thousand_edits_applied_one_after_the_other_equal_the_rules_from_scratch()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var world = new World();
        world.SyncFull();
        for (var edit = 1; edit <= Edits; edit++)
        {
            Edit(world, random);
            // Sometimes several edits travel together, as they do when a sync takes its time.
            if (random.Next(4) != 0) world.SyncPartial();
            if (edit % ComparedEvery != 0) continue;
            world.SyncPartial();
            Assert.True(world.FromScratch().Save() == world.Tables.Save(), $"differs after edit {edit} of seed {seed}");
        }
    }

    private static void Edit(World world, Random random)
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
