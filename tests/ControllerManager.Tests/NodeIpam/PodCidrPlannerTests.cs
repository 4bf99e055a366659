using System.Net;
using MiniK8s.ControllerManager.NodeIpam;

namespace MiniK8s.ControllerManager.Tests.NodeIpam;

public sealed class PodCidrPlannerTests
{
    [Theory]
    [InlineData("10.244.0.0/16", 24, "", "10.244.0.0/24")]
    [InlineData("10.244.0.0/16", 24, "10.244.0.0/24", "10.244.1.0/24")]
    [InlineData("10.244.0.0/16", 24, "10.244.1.0/24 10.244.0.0/24 10.244.3.0/24", "10.244.2.0/24")]
    [InlineData("10.244.0.0/16", 24, "10.244.0.0/22", "10.244.4.0/24")]
    [InlineData("10.244.0.0/16", 24, "10.244.0.128/25", "10.244.1.0/24")]
    [InlineData("10.244.0.0/16", 24, "10.99.0.0/24 nonsense fd00::/64", "10.244.0.0/24")]
    [InlineData("10.244.0.0/23", 24, "10.244.0.0/24 10.244.1.0/24", null)]
    [InlineData("10.244.0.0/16", 24, "10.0.0.0/8", null)]
    [InlineData("10.244.7.0/24", 24, "", "10.244.7.0/24")]
    [InlineData("fd00:1::/48", 64, "fd00:1::/64", "fd00:1:0:1::/64")]
    public void Lowest_block_that_overlaps_none(string cluster, int length, string used, string? expected) =>
        Assert.Equal(expected, PodCidrPlanner.Lowest(IPNetwork.Parse(cluster), length, used.Split(' '))?.ToString());

    [Fact]
    public void All_blocks_of_a_cluster_are_given_once()
    {
        var used = new List<string>();
        while (PodCidrPlanner.Lowest(IPNetwork.Parse("10.244.0.0/20"), 24, used) is { } block) used.Add(block.ToString());
        Assert.Equal(16, used.Distinct().Count());
        Assert.Equal(16, used.Count);
    }
}
