using MiniK8s.Api.Coordination.V1;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Api.Meta.V1;
using MiniK8s.ControllerManager.Tests.World;
using MiniK8s.TestKit;
using MiniK8s.TestKit.Time;

namespace MiniK8s.ControllerManager.Tests.NodeLifecycle;

/// <summary>What becomes of nodes that fall silent or are deleted, and of their pods, on the test's own time.</summary>
public sealed class NodeWorldTests : IAsyncLifetime
{
    private readonly ManualClock clock = new();
    private TestCluster cluster = null!;
    private int beats;

    public async ValueTask InitializeAsync()
    {
        cluster = await TestCluster.StartAsync();
        await cluster.RunControllersAsync(new ControllerManagerOptions { ClusterCidrs = [System.Net.IPNetwork.Parse("10.244.0.0/16")], Schedule = false }, clock);
        await NodeAsync("n1");
        await NodeAsync("n2");
        await cluster.CreateAsync(Sample.Service() with { Metadata = new ObjectMeta { Namespace = "default", Name = "web" } });
        await PodAsync("a", "10.244.0.5", "n1");
        await PodAsync("b", "10.244.1.5", "n2");
        await Eventually.TrueAsync(async () => await ReadyEndpointsAsync() == "a b", "both pods stand behind the Service");
    }

    public ValueTask DisposeAsync() => cluster.DisposeAsync();

    [Fact]
    public async Task Silent_node_is_tainted_its_pods_leave_services_and_are_evicted_after_five_minutes()
    {
        await SilenceAsync("n1", TimeSpan.FromSeconds(41));
        var node = await cluster.UntilAsync<Node>(null, "n1", n => n.Spec?.Taints.Count == 2, "the silent node is tainted");
        Assert.Equal("Unknown", node.Status!.Conditions.Single(c => c.Type == "Ready").Status);
        Assert.All(node.Spec!.Taints, t => Assert.Equal("node.kubernetes.io/unreachable", t.Key));
        await Eventually.TrueAsync(async () => await ReadyEndpointsAsync() == "b", "the silent node's pod leaves the Service");
        Assert.Empty((await cluster.Client.GetAsync<Node>(null, "n2")).Spec!.Taints);

        await SilenceAsync("n1", TimeSpan.FromSeconds(290));
        Assert.Null((await cluster.Client.GetAsync<Pod>("default", "a")).Metadata.DeletionTimestamp);
        await SilenceAsync("n1", TimeSpan.FromSeconds(20));
        await cluster.UntilAsync<Pod>("default", "a", p => p.Metadata.DeletionTimestamp is not null, "the pod is evicted when it has borne the taint for five minutes");
        Assert.Null((await cluster.Client.GetAsync<Pod>("default", "b")).Metadata.DeletionTimestamp);
    }

    [Fact]
    public async Task Node_that_is_back_loses_its_taints()
    {
        await SilenceAsync("n1", TimeSpan.FromSeconds(41));
        await cluster.UntilAsync<Node>(null, "n1", n => n.Spec?.Taints.Count == 2, "the silent node is tainted");
        await BeatAsync("n1");
        await cluster.ChangeAsync<Node>(null, "n1", n => n.WithStatus(s => s with { Conditions = [Ready] }), "status");
        await cluster.UntilAsync<Node>(null, "n1", n => n.Spec?.Taints.Count == 0 && n.Status!.Conditions.Any(c => c is { Type: "Ready", Status: "True" }), "the node that is back is clean");
    }

    [Fact]
    public async Task Nothing_is_evicted_when_no_node_at_all_is_heard_of()
    {
        await AdvanceAsync(TimeSpan.FromSeconds(41));
        await cluster.UntilAsync<Node>(null, "n1", n => n.Spec?.Taints.Count == 2, "the first node is tainted");
        await cluster.UntilAsync<Node>(null, "n2", n => n.Spec?.Taints.Count == 2, "the second node is tainted");
        await AdvanceAsync(TimeSpan.FromSeconds(600));

        // When the second node is back, the pods of the first one go: the same controller, a moment later, with the same pods.
        Assert.Null((await cluster.Client.GetAsync<Pod>("default", "a")).Metadata.DeletionTimestamp);
        Assert.Null((await cluster.Client.GetAsync<Pod>("default", "b")).Metadata.DeletionTimestamp);
        await BeatAsync("n2");
        await cluster.ChangeAsync<Node>(null, "n2", n => n.WithStatus(s => s with { Conditions = [Ready] }), "status");
        await Eventually.TrueAsync(
            async () =>
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                return (await cluster.Client.GetAsync<Pod>("default", "a")).Metadata.DeletionTimestamp is not null;
            },
            "the pod of the node that stayed away is evicted");
        Assert.Null((await cluster.Client.GetAsync<Pod>("default", "b")).Metadata.DeletionTimestamp);
    }

    [Fact]
    public async Task Pods_of_a_deleted_node_are_removed_though_nobody_ends_them()
    {
        await cluster.Client.DeleteAsync<Pod>("default", "a");
        Assert.NotNull((await cluster.Client.GetAsync<Pod>("default", "a")).Metadata.DeletionTimestamp);
        await PodAsync("c", "10.244.0.6", "n1");
        await cluster.Client.DeleteAsync<Node>(null, "n1");
        await Eventually.TrueAsync(
            async () =>
            {
                clock.Advance(TimeSpan.FromSeconds(5));
                return await cluster.FindAsync<Pod>("default", "a") is null && await cluster.FindAsync<Pod>("default", "c") is null;
            },
            "the pods of the deleted node are gone, also the one that was ending");
        Assert.NotNull(await cluster.FindAsync<Pod>("default", "b"));
    }

    [Fact]
    public async Task Every_node_gets_a_block_of_pod_addresses_of_its_own()
    {
        var first = await cluster.UntilAsync<Node>(null, "n1", n => n.Spec?.PodCIDR is not null, "the first node has its block");
        var second = await cluster.UntilAsync<Node>(null, "n2", n => n.Spec?.PodCIDR is not null, "the second node has its block");
        Assert.Equal(["10.244.0.0/24", "10.244.1.0/24"], new[] { first.Spec!.PodCIDR, second.Spec!.PodCIDR }.Order());
        Assert.Equal([first.Spec!.PodCIDR!], first.Spec.PodCIDRs);

        await cluster.Client.DeleteAsync<Node>(null, "n1");
        await NodeAsync("n3");
        var third = await cluster.UntilAsync<Node>(null, "n3", n => n.Spec?.PodCIDR is not null, "the third node has its block");
        Assert.Equal(first.Spec.PodCIDR, third.Spec!.PodCIDR);
    }

    private static NodeCondition Ready { get; } = new() { Type = "Ready", Status = "True", LastHeartbeatTime = Sample.Now };

    private async Task NodeAsync(string name)
    {
        await cluster.CreateAsync(Sample.Node(name) with { Metadata = new ObjectMeta { Name = name } });
        await cluster.CreateAsync(new Lease { Metadata = new ObjectMeta { Namespace = "kube-node-lease", Name = name }, Spec = new LeaseSpec { HolderIdentity = name, RenewTime = Sample.Now } });
        await cluster.UntilAsync<Node>(null, name, n => n.Spec is { Taints.Count: 0, PodCIDR: not null }, $"{name} is known to the controllers");
    }

    private Task<Pod> PodAsync(string name, string ip, string node) =>
        cluster.CreateAsync(Sample.Pod(name, ip, node: node) with { Metadata = new ObjectMeta { Namespace = "default", Name = name, Labels = Sample.Map(("app", "web")) } });

    private Task<Lease> BeatAsync(string node) =>
        cluster.ChangeAsync<Lease>("kube-node-lease", node, l => l with { Spec = l.Spec! with { RenewTime = Sample.Now.AddSeconds(++beats) } });

    /// <summary>Lets time pass in which one node is silent and the other one is not.</summary>
    private async Task SilenceAsync(string silent, TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromSeconds(10))
        {
            await BeatAsync(silent == "n1" ? "n2" : "n1");
            await AdvanceAsync(TimeSpan.FromSeconds(Math.Min(10, (time - passed).TotalSeconds)));
        }
    }

    /// <summary>Lets time pass, but not before the controllers have seen what the test wrote: a marker comes after it.</summary>
    private async Task AdvanceAsync(TimeSpan time)
    {
        var marker = $"marker-{++beats}";
        await cluster.Client.CreateAsync(new Namespace { Metadata = new ObjectMeta { Name = marker } });
        await Eventually.TrueAsync(async () => await cluster.FindAsync<ServiceAccount>(marker, "default") is not null, "the controllers see what is written");
        clock.Advance(time);
    }

    private async Task<string> ReadyEndpointsAsync()
    {
        var slices = await cluster.Client.ListAsync<EndpointSlice>("default", new() { LabelSelector = "kubernetes.io/service-name=web" });
        return string.Join(' ', slices.Items.SelectMany(s => s.Endpoints).Where(e => e.Conditions?.Ready == true).Select(e => e.TargetRef!.Name).Order());
    }
}
