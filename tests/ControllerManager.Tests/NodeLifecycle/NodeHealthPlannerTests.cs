using MiniK8s.Api.Core.V1;
using MiniK8s.ControllerManager.NodeLifecycle;

namespace MiniK8s.ControllerManager.Tests.NodeLifecycle;

public sealed class NodeHealthPlannerTests
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(40);

    private static NodeHealthPlan Plan(Node node, double silentSeconds) => NodeHealthPlanner.Plan(node, TimeSpan.FromSeconds(silentSeconds), Grace, Sample.Now);

    private static Node WithReady(string? status) =>
        Sample.Node().WithStatus(s => s with { Conditions = status is null ? [] : [s.Conditions[0] with { Status = status }] });

    private static string? Taints(NodeHealthPlan plan) => plan.Taints is null ? null : string.Join(' ', plan.Taints.Select(t => $"{t.Key}:{t.Effect}"));

    [Fact]
    public void Node_that_is_heard_of_is_left_alone_and_looked_at_when_its_grace_ends()
    {
        var plan = Plan(Sample.Node(), 15);
        Assert.Null(plan.Conditions);
        Assert.Null(plan.Taints);
        Assert.False(plan.MarkPodsNotReady);
        Assert.Equal(TimeSpan.FromSeconds(25), plan.LookAgain);
    }

    [Fact]
    public void Silent_node_turns_unknown_is_tainted_and_its_pods_count_as_not_ready()
    {
        var plan = Plan(Sample.Node(), 40);
        var ready = plan.Conditions!.Single(c => c.Type == "Ready");
        Assert.Equal(("Unknown", "NodeStatusUnknown", "Kubelet stopped posting node status."), (ready.Status, ready.Reason, ready.Message));
        Assert.Equal(Sample.Now, ready.LastTransitionTime);
        Assert.Equal("NodeStatusNeverUpdated", plan.Conditions!.Single(c => c.Type == "MemoryPressure").Reason);
        Assert.Equal("node.kubernetes.io/unreachable:NoSchedule node.kubernetes.io/unreachable:NoExecute", Taints(plan));
        Assert.All(plan.Taints!, t => Assert.Equal(Sample.Now, t.TimeAdded));
        Assert.True(plan.MarkPodsNotReady);
        Assert.Null(plan.LookAgain);
    }

    [Fact]
    public void Node_that_was_told_so_is_not_written_again()
    {
        var plan = Plan(Sample.Node(), 40);
        var told = Sample.Node().WithStatus(s => s with { Conditions = plan.Conditions! }).With(s => s with { Taints = plan.Taints! });
        Assert.Null(Plan(told, 90).Conditions);
        Assert.Null(Plan(told, 90).Taints);
        Assert.True(Plan(told, 90).MarkPodsNotReady);
    }

    [Fact]
    public void Node_that_is_back_loses_our_taints_and_keeps_those_of_users()
    {
        var mine = new Taint { Key = "dedicated", Value = "db", Effect = "NoSchedule" };
        var node = Sample.Node().With(s => s with
        {
            Taints = [new Taint { Key = "node.kubernetes.io/unreachable", Effect = "NoExecute" }, mine, new Taint { Key = "node.kubernetes.io/not-ready", Effect = "NoSchedule" }],
        });
        Assert.Equal([mine], Plan(node, 0).Taints);
    }

    [Theory]
    [InlineData("False", "node.kubernetes.io/not-ready:NoSchedule node.kubernetes.io/not-ready:NoExecute")]
    [InlineData("Unknown", "node.kubernetes.io/unreachable:NoSchedule node.kubernetes.io/unreachable:NoExecute")]
    [InlineData(null, "node.kubernetes.io/not-ready:NoSchedule")]
    [InlineData("True", null)]
    public void Taints_follow_the_condition(string? ready, string? taints) => Assert.Equal(taints, Taints(Plan(WithReady(ready), 0)));

    [Fact]
    public void Only_a_kubelet_that_is_gone_has_its_pods_marked()
    {
        Assert.False(Plan(WithReady("False"), 0).MarkPodsNotReady);
        Assert.True(Plan(WithReady("Unknown"), 0).MarkPodsNotReady);
        Assert.False(Plan(WithReady(null), 0).MarkPodsNotReady);
    }

    [Fact]
    public void Taint_that_turns_from_not_ready_to_unreachable_counts_anew_and_one_that_stays_keeps_its_time()
    {
        var earlier = Sample.Now.AddMinutes(-3);
        var node = WithReady("False").With(s => s with { Taints = [new Taint { Key = "node.kubernetes.io/not-ready", Effect = "NoExecute", TimeAdded = earlier }] });
        Assert.Equal(earlier, Plan(node, 0).Taints!.Single(t => t.Effect == "NoExecute").TimeAdded);
        Assert.Equal("node.kubernetes.io/unreachable:NoSchedule node.kubernetes.io/unreachable:NoExecute", Taints(Plan(node, 50)));
    }

    [Fact]
    public void Cordon_and_pressure_are_taints_too()
    {
        var node = Sample.Node().With(s => s with { Unschedulable = true })
            .WithStatus(s => s with { Conditions = [.. s.Conditions, new NodeCondition { Type = "DiskPressure", Status = "True" }] });
        Assert.Equal("node.kubernetes.io/disk-pressure:NoSchedule node.kubernetes.io/unschedulable:NoSchedule", Taints(Plan(node, 0)));
    }
}
