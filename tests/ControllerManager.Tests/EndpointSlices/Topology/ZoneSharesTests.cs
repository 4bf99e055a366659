using MiniK8s.Api.Core.V1;
using MiniK8s.ControllerManager.EndpointSlices.Topology;

namespace MiniK8s.ControllerManager.Tests.EndpointSlices.Topology;

/// <summary>How nodes make shares of zones. A node is written <c>ZONE CPU MARK</c>, with marks <c>-</c> for not ready and <c>+LABEL</c>.</summary>
public sealed class ZoneSharesTests
{
    [Theory]
    [InlineData("a 1;b 1", "a 0.5, b 0.5")]
    [InlineData("b 1;a 1000m", "a 0.5, b 0.5")]
    [InlineData("a 1;a 1;a 1;a 2;b 3;b 1500m;c 500m", "a 0.5, b 0.45, c 0.05")]
    [InlineData("a 1;b 1;b 1 -", "a 0.5, b 0.5")]
    [InlineData("a 1;b 1;b 1 +node-role.kubernetes.io/control-plane", "a 0.5, b 0.5")]
    [InlineData("a 1;b 1;b 1 +node-role.kubernetes.io/master", "a 0.5, b 0.5")]
    [InlineData("a 1;b 1;none 1 -;c 0 -", "a 0.5, b 0.5")]
    public void Zones_share_by_the_cpu_of_ready_nodes_that_are_not_of_the_control_plane(string nodes, string expected) =>
        Assert.Equal(expected, string.Join(", ", Of(nodes).Zones.Select(z => $"{z.Zone} {z.Share:0.##}")));

    [Theory]
    [InlineData("", "there is no ready node that is not of the control plane")]
    [InlineData("a 1 -", "there is no ready node that is not of the control plane")]
    [InlineData("a 1;a 1", "all nodes that count are in zone a, and hints choose between two at least")]
    [InlineData("a 1 -;b 1", "all nodes that count are in zone b, and hints choose between two at least")]
    [InlineData("a 1;b 1 +node-role.kubernetes.io/control-plane", "all nodes that count are in zone a, and hints choose between two at least")]
    [InlineData("a 1;b 1;none 1", "node n2 names no zone in its label topology.kubernetes.io/zone")]
    [InlineData("a 1;b 0;c 1", "node n1 has no allocatable CPU")]
    public void Shares_are_unknown_for_a_reason(string nodes, string lack)
    {
        Assert.Equal(lack, Of(nodes).Lack);
        Assert.Empty(Of(nodes).Zones);
    }

    [Fact]
    public void A_node_without_status_or_condition_is_not_ready_and_one_without_cpu_has_none()
    {
        Assert.Null(NodeCapacity.Of(null));
        Assert.Null(NodeCapacity.Of(Sample.Node() with { Status = null }));
        Assert.Null(NodeCapacity.Of(Sample.Node().WithStatus(s => s with { Conditions = [] })));
        Assert.Equal(new NodeCapacity("n1", "z1", 0), NodeCapacity.Of(Sample.Node().WithStatus(s => s with { Allocatable = new Dictionary<string, Api.Values.Quantity>() })));
        Assert.Equal(new NodeCapacity("n1", "z1", 4000), NodeCapacity.Of(Sample.Node()));
    }

    internal static ZoneShares Of(string nodes) => ZoneShares.Of(
        [.. nodes.Split(';', StringSplitOptions.RemoveEmptyEntries).Select((text, i) => NodeCapacity.Of(Parse($"n{i}", text.Split(' ')))).OfType<NodeCapacity>()]);

    private static Node Parse(string name, string[] words)
    {
        var labels = Sample.Map([.. words[0] == "none" ? Array.Empty<(string, string)>() : [("topology.kubernetes.io/zone", words[0])]]);
        if (words is [_, _, ['+', .. var label]]) labels[label] = "";
        var node = Sample.Node(name).WithStatus(s => s with
        {
            Allocatable = new Dictionary<string, Api.Values.Quantity> { ["cpu"] = new(words[1]) },
            Conditions = [s.Conditions[0] with { Status = words is [_, _, "-"] ? "False" : "True" }],
        });
        return node.WithMetadata(node.Metadata with { Labels = labels });
    }
}
