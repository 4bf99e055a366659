using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Meta.V1;
using MiniK8s.ControllerManager.Tests.World;
using MiniK8s.TestKit;

namespace MiniK8s.ControllerManager.Tests.Scheduling;

/// <summary>What becomes of pods without a node, with the scheduler at work on a real API server.</summary>
public sealed class SchedulingWorldTests : IAsyncLifetime
{
    private TestCluster cluster = null!;

    public async ValueTask InitializeAsync()
    {
        cluster = await TestCluster.StartAsync();
        await cluster.RunControllersAsync();
    }

    public ValueTask DisposeAsync() => cluster.DisposeAsync();

    private static Node NewNode(string name) => Sample.Node(name) with { Metadata = new ObjectMeta { Name = name } };

    private static Pod NewPod(string name, string? scheduler = null) => new()
    {
        Metadata = new ObjectMeta { Namespace = "default", Name = name },
        Spec = new PodSpec { SchedulerName = scheduler, Containers = [new Container { Name = "c", Image = "example" }] },
    };

    [Fact]
    public async Task Burst_of_pods_spreads_over_the_nodes()
    {
        await cluster.CreateAsync(NewNode("n1"));
        await cluster.CreateAsync(NewNode("n2"));
        await cluster.UntilAsync<Node>(null, "n2", n => n.Spec?.Taints.Count is null or 0, "the nodes are ready and bear no taint");
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => cluster.Client.CreateAsync(NewPod($"p{i}"))));
        IReadOnlyList<Pod> pods = [];
        await Eventually.TrueAsync(async () => (pods = (await cluster.Client.ListAsync<Pod>("default")).Items).All(p => p.Spec?.NodeName is not null), "every pod has a node");
        Assert.All(pods.CountBy(p => p.Spec!.NodeName!), node => Assert.InRange(node.Value, 8, 12));
        await Eventually.TrueAsync(
            async () => (await cluster.Client.ListAsync<Event>("default")).Items.Any(e => e.Reason == "Scheduled" && e.Message!.StartsWith("Successfully assigned default/p7 to n", StringComparison.Ordinal)),
            "an event tells where a pod went");
    }

    [Fact]
    public async Task Pod_that_fits_nowhere_says_why_and_is_bound_when_a_node_comes()
    {
        await cluster.CreateAsync(NewNode("n1").With(s => s with { Unschedulable = true }));
        await cluster.CreateAsync(NewPod("p"));
        const string Message = "0/1 nodes are available: 1 node(s) were unschedulable.";
        await cluster.UntilAsync<Pod>(
            "default", "p", p => p.Status?.Conditions.Any(c => c is { Type: "PodScheduled", Status: "False", Reason: "Unschedulable", Message: Message }) == true, "the pod's condition says why it waits");
        await Eventually.TrueAsync(
            async () => (await cluster.Client.ListAsync<Event>("default")).Items.Any(e => e is { Reason: "FailedScheduling", Type: "Warning", Message: Message, Source.Component: "default-scheduler" }),
            "an event says so too");

        await cluster.CreateAsync(NewNode("n2"));
        var bound = await cluster.UntilAsync<Pod>("default", "p", p => p.Spec?.NodeName is not null, "the pod is bound when a node comes");
        Assert.Equal("n2", bound.Spec!.NodeName);
        Assert.Equal("True", bound.Status!.Conditions.Single(c => c.Type == "PodScheduled").Status);
    }

    [Fact]
    public async Task Pod_of_another_scheduler_is_left_alone()
    {
        await cluster.CreateAsync(NewNode("n1"));
        await cluster.CreateAsync(NewPod("foreign", "mine"));
        await cluster.CreateAsync(NewPod("ours"));
        await cluster.UntilAsync<Pod>("default", "ours", p => p.Spec?.NodeName is not null, "our pod is bound");
        Assert.Null((await cluster.Client.GetAsync<Pod>("default", "foreign")).Spec!.NodeName);
    }
}
