using MiniK8s.Api.Core.V1;
using MiniK8s.Kubelet.Docker;
using MiniK8s.Kubelet.Nodes;

namespace MiniK8s.Kubelet.Tests.Nodes;

public class NodeBuilderTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly KubeletOptions Options = new() { NodeName = "n1", NodeAddress = "192.0.2.1", DataDirectory = "/data" };
    private static readonly EngineVersion Version = new("20.10.24", "1.41", "1.12", "6.1.0", "linux", "amd64");
    private static readonly NodeFacts Facts = new(Version, new EngineInfo("host", "Debian GNU/Linux 12", 4, 8L << 30, "/var/lib/docker", "cgroupfs", "2", "overlay2"), NodePressure.None);

    [Fact]
    public void A_node_is_registered_with_the_usual_labels()
    {
        var node = NodeBuilder.Build(Options, Version);
        Assert.Equal("n1", node.Metadata.Name);
        Assert.Equal(("n1", "linux", "amd64"), (node.Metadata.Labels["kubernetes.io/hostname"], node.Metadata.Labels["kubernetes.io/os"], node.Metadata.Labels["kubernetes.io/arch"]));
    }

    [Fact]
    public void Its_status_tells_what_it_offers()
    {
        var status = NodeBuilder.Status(null, Options, Facts, Now);
        Assert.Equal(["4", "8388608Ki", "110"], new[] { "cpu", "memory", "pods" }.Select(name => status.Capacity[name].ToString()));
        Assert.Equal(status.Capacity, status.Allocatable);
        Assert.Equal(["InternalIP=192.0.2.1", "Hostname=n1"], status.Addresses.Select(address => $"{address.Type}={address.Address}"));
        Assert.Equal(("docker://20.10.24", "6.1.0", "Debian GNU/Linux 12"), (status.NodeInfo!.ContainerRuntimeVersion, status.NodeInfo.KernelVersion, status.NodeInfo.OsImage));
        Assert.Equal("MemoryPressure=False DiskPressure=False PIDPressure=False Ready=True", Show(status));
    }

    [Fact]
    public void Pressure_shows_and_does_not_make_the_node_unready()
    {
        var status = NodeBuilder.Status(null, Options, Facts with { Pressure = new NodePressure(true, true, true) }, Now);
        Assert.Equal("MemoryPressure=True DiskPressure=True PIDPressure=True Ready=True", Show(status));
        Assert.Equal(["KubeletHasInsufficientMemory", "KubeletHasDiskPressure", "KubeletHasInsufficientPID", "KubeletReady"], status.Conditions.Select(condition => condition.Reason));
    }

    [Fact]
    public void Without_its_engine_a_node_keeps_what_it_offers_and_is_not_ready()
    {
        var before = NodeBuilder.Status(null, Options, Facts, Now);
        var after = NodeBuilder.NotReady(before, "no answer", NodePressure.None, Now.AddMinutes(1));
        Assert.Equal(before.Capacity, after.Capacity);
        var ready = after.Conditions.Single(condition => condition.Type == "Ready");
        Assert.Equal(("False", "KubeletNotReady", "no answer", Now.AddMinutes(1)), (ready.Status, ready.Reason, ready.Message, ready.LastTransitionTime));
    }

    [Fact]
    public void Times_of_transition_stay_while_nothing_changes_and_conditions_of_others_are_kept()
    {
        var foreign = new NodeCondition { Type = "NetworkUnavailable", Status = "False", Reason = "RouteCreated" };
        var before = NodeBuilder.Status(new NodeStatus { Conditions = [foreign] }, Options, Facts, Now);
        var after = NodeBuilder.Status(before, Options, Facts, Now.AddHours(1));
        Assert.Contains(foreign, after.Conditions);
        Assert.True(NodeConditions.SayTheSame(before.Conditions, after.Conditions));
        Assert.All(after.Conditions.Where(condition => condition.Type != foreign.Type), condition => Assert.Equal((Now, Now.AddHours(1)), (condition.LastTransitionTime, condition.LastHeartbeatTime)));
    }

    private static string Show(NodeStatus status) => string.Join(' ', status.Conditions.Select(condition => $"{condition.Type}={condition.Status}"));
}
