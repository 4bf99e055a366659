using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Api.Values;
using MiniK8s.ControllerManager.Tests.World;
using MiniK8s.TestKit;

namespace MiniK8s.ControllerManager.Tests.EndpointSlices.Topology;

/// <summary>A Service with topology-mode Auto, with the controllers at work on a real API server: hints follow pods and nodes, and events tell.</summary>
public sealed class TopologyWorldTests : IAsyncLifetime
{
    private const string Zone = "topology.kubernetes.io/zone";

    private TestCluster cluster = null!;

    public async ValueTask InitializeAsync()
    {
        cluster = await TestCluster.StartAsync();
        await cluster.CreateAsync(InZone("n1", "z1"));
        await cluster.CreateAsync(InZone("n2", "z2"));
        await cluster.RunControllersAsync();
    }

    public ValueTask DisposeAsync() => cluster.DisposeAsync();

    [Fact]
    public async Task Hints_follow_cpu_and_zones_of_nodes_and_a_heartbeat_writes_nothing()
    {
        await RunWebAsync();
        await UntilAsync("each zone has its half, and z1 lends one", "z1>z1 z1>z1 z1>z2 z2>z2");
        await EventAsync("TopologyAwareHintsEnabled", "IPv4 endpoints have zone hints");

        await CpuAsync("12");
        await UntilAsync("z1 has three quarters of the CPU, and keeps its own", "z1>z1 z1>z1 z1>z1 z2>z2");

        await LabelAsync("n2", Zone, "");
        await UntilAsync("a node without a zone leaves all without hints", "?>- z1>- z1>- z1>-");
        await EventAsync("TopologyAwareHintsDisabled", "node n2 names no zone");
        await LabelAsync("n2", Zone, "z2");
        await UntilAsync("the zone is back", "z1>z1 z1>z1 z1>z1 z2>z2");

        var before = await VersionsAsync();
        await cluster.ChangeAsync<Node>(null, "n1", n => n.WithStatus(s => s with { Conditions = [s.Conditions[0] with { LastHeartbeatTime = Sample.Now.AddMinutes(1) }] }), "status");

        // A second Service is served after that change: whatever it led to has happened by then.
        await cluster.CreateAsync(Service("second"));
        await Eventually.TrueAsync(async () => (await SlicesAsync("second")).Count > 0, "the second Service is served");
        Assert.Equal(before, await VersionsAsync());
    }

    [Fact]
    public async Task Hints_go_with_the_annotation_and_with_too_few_endpoints_and_events_say_so()
    {
        await RunWebAsync();
        await UntilAsync("hints are there", "z1>z1 z1>z1 z1>z2 z2>z2");
        await cluster.Client.DeleteAsync<Pod>("default", "p3", new DeleteOptions { GracePeriodSeconds = 0 });
        await UntilAsync("three endpoints cannot be halved", "z1>- z1>- z1>-");
        await EventAsync("TopologyAwareHintsDisabled", "3 ready endpoints");

        await cluster.CreateAsync(Pod("p3", "n2"));
        await UntilAsync("hints are back", "z1>z1 z1>z1 z1>z2 z2>z2");
        await cluster.ChangeAsync<Service>("default", "web", s => s.WithMetadata(s.Metadata with { Annotations = new Dictionary<string, string>() }));
        await UntilAsync("nobody asks for hints", "z1>- z1>- z1>- z2>-");
        await EventAsync("TopologyAwareHintsDisabled", "does not ask");
    }

    private async Task RunWebAsync()
    {
        foreach (var i in Enumerable.Range(0, 4)) await cluster.CreateAsync(Pod($"p{i}", i < 3 ? "n1" : "n2"));
        await cluster.CreateAsync(Service("web"));
    }

    private static Service Service(string name) => Sample.Service() with
    {
        Metadata = new ObjectMeta { Namespace = "default", Name = name, Annotations = Sample.Map(("service.kubernetes.io/topology-mode", "Auto")) },
        Spec = Sample.Service().Spec! with { ClusterIP = null, ClusterIPs = [], Selector = Sample.Map(("app", name)) },
    };

    private static Pod Pod(string name, string node) =>
        Sample.Pod(name, $"10.244.1.{name[1..]}", node: node).WithMetadata(new ObjectMeta { Namespace = "default", Name = name, Labels = Sample.Map(("app", "web")) });

    private static Node InZone(string name, string zone) => Sample.Node(name).WithMetadata(new ObjectMeta { Name = name, Labels = Sample.Map((Zone, zone)) });

    private Task<Node> CpuAsync(string amount) => cluster.ChangeAsync<Node>(
        null, "n1", n => n.WithStatus(s => s with { Allocatable = new Dictionary<string, Quantity>(s.Allocatable) { ["cpu"] = new(amount) } }), "status");

    private Task<Node> LabelAsync(string node, string key, string value) =>
        cluster.ChangeAsync<Node>(null, node, n => n.WithMetadata(n.Metadata with { Labels = Sample.Map((key, value)) }));

    private async Task<IReadOnlyList<EndpointSlice>> SlicesAsync(string service) =>
        (await cluster.Client.ListAsync<EndpointSlice>("default", new() { LabelSelector = $"kubernetes.io/service-name={service}" })).Items;

    private async Task<IEnumerable<string?>> VersionsAsync() => (await SlicesAsync("web")).Select(s => s.Metadata.ResourceVersion);

    private Task EventAsync(string reason, string words) => Eventually.TrueAsync(
        async () => (await cluster.Client.ListAsync<Event>("default")).Items
            .Any(e => e.Reason == reason && e.InvolvedObject.Name == "web" && e.Message?.Contains(words, StringComparison.Ordinal) == true),
        $"there is an event {reason} about: {words}");

    /// <summary>Waits until endpoints are where they are told to be, and meant for the zones told.</summary>
    private async Task UntilAsync(string because, string expected)
    {
        var seen = "";
        try
        {
            await Eventually.TrueAsync(async () => (seen = await LookAsync()) == expected, because);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{because}: expected {expected}, but it is {seen}");
        }
    }

    private async Task<string> LookAsync() => string.Join(' ', (await SlicesAsync("web")).SelectMany(s => s.Endpoints)
        .Select(e => $"{e.Zone ?? "?"}>{(e.Hints is null ? "-" : string.Join('+', e.Hints.ForZones.Select(z => z.Name)))}").Order(StringComparer.Ordinal));
}
