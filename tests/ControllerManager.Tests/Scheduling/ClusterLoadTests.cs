using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Client.Caching;
using MiniK8s.ControllerManager.Scheduling;

namespace MiniK8s.ControllerManager.Tests.Scheduling;

public sealed class ClusterLoadTests
{
    private readonly ClusterLoad cluster = new();

    private void Show(Node? node, string name) => cluster.Observe(new CacheChange<Node>(new ObjectKey("", name), null, node));

    private void Show(Pod? before, Pod? after) => cluster.Observe(new CacheChange<Pod>(ObjectKey.Of((after ?? before)!), before, after));

    private string? Place(string name) => (cluster.PlanAndAssume(Sample.Pending(name)) as SchedulingPlan.Bind)?.NodeName;

    [Fact]
    public void Burst_spreads_before_any_binding_shows_in_the_cache()
    {
        Show(Sample.Node("n1"), "n1");
        Show(Sample.Node("n2"), "n2");
        Assert.Equal([5, 5], Enumerable.Range(0, 10).Select(i => Place($"p{i}")).CountBy(n => n!).Select(n => n.Value));
    }

    [Fact]
    public void Failed_binding_gives_its_place_back()
    {
        Show(Sample.Node("n1"), "n1");
        Show(Sample.Node("n2"), "n2");
        Assert.Equal("n1", Place("a"));
        cluster.Forget(new("default", "a"));
        Assert.False(cluster.IsPlaced(new("default", "a")));
        Assert.Equal("n1", Place("b"));
    }

    [Fact]
    public void Assumption_survives_an_update_of_the_pending_pod_and_ends_with_the_pod()
    {
        Show(Sample.Node("n1"), "n1");
        Show(Sample.Node("n2"), "n2");
        var pod = Sample.Pending("a");
        Show(null, pod);
        Assert.Equal("n1", Place("a"));
        Show(pod, pod.Labelled("x", "1"));
        Assert.True(cluster.IsPlaced(ObjectKey.Of(pod)));
        Assert.Equal("n2", Place("b"));
        Show(pod, null);
        Assert.Equal("n1", Place("c"));
    }

    [Fact]
    public void Recreated_pod_is_not_taken_for_the_one_that_was_placed()
    {
        Show(Sample.Node("n1"), "n1");
        var pod = Sample.Pending("a");
        Show(null, pod);
        Place("a");
        Show(pod, pod.WithMetadata(pod.Metadata with { Uid = "another" }));
        Assert.False(cluster.IsPlaced(ObjectKey.Of(pod)));
    }

    [Fact]
    public void Finished_pod_frees_its_node_and_a_deleted_node_takes_none()
    {
        Show(Sample.Node("n1"), "n1");
        Show(Sample.Node("n2"), "n2");
        var pod = Sample.Pod("a", node: "n1");
        Show(null, pod);
        Show(pod, pod.WithStatus(s => s with { Phase = "Succeeded" }));
        Assert.Equal("n1", Place("b"));
        Show(null, "n1");
        Assert.Equal("n2", Place("c"));
        Assert.Equal("n2", Place("d"));
    }
}
