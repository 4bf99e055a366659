namespace MiniK8s.ControllerManager.Tests;

public sealed class ControllerManagerCommandTests
{
    [Theory]
    [InlineData("10.96.0.0/16", "30000-32767")]
    [InlineData("10.96.0.0/16, fd00::/108", "30000-30099")]
    public void Ranges_are_read(string addresses, string ports)
    {
        var network = ControllerManagerCommand.ReadNetwork(addresses, ports);
        Assert.Equal(addresses.Split(", "), network.Addresses.Select(a => a.ToString()));
        Assert.Equal(ports, network.NodePorts.ToString());
    }

    [Theory]
    [InlineData("10.96.0.0", "30000-32767", "10.96.0.0\" is no CIDR")]
    [InlineData("10.96.0.0/16,10.97.0.0/16", "30000-32767", "different families")]
    [InlineData("10.96.0.0/16", "30000", "30000\" is no port range")]
    public void Wrong_range_is_named(string addresses, string ports, string part) =>
        Assert.Contains(part, Assert.Throws<ArgumentException>(() => ControllerManagerCommand.ReadNetwork(addresses, ports)).Message, StringComparison.Ordinal);

    [Fact]
    public void Blocks_of_pods_are_read_and_a_wrong_one_is_named()
    {
        Assert.Empty(ControllerManagerCommand.ReadBlocks(null));
        Assert.Equal(["10.244.0.0/16", "fd00:1::/48"], ControllerManagerCommand.ReadBlocks("10.244.0.0/16,fd00:1::/48").Select(b => b.ToString()));
        Assert.Contains("\"10.244.0.0\" is no block", Assert.Throws<ArgumentException>(() => ControllerManagerCommand.ReadBlocks("10.244.0.0")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_that_cannot_work_are_refused_by_name()
    {
        new ControllerManagerOptions().Check();
        Assert.Contains("NodeMonitorGracePeriod", Assert.Throws<ArgumentException>(() => new ControllerManagerOptions { NodeMonitorGracePeriod = TimeSpan.Zero }.Check()).Message, StringComparison.Ordinal);
        var two = ControllerManagerCommand.ReadBlocks("10.244.0.0/16,10.245.0.0/16");
        Assert.Contains("ClusterCidrs", Assert.Throws<ArgumentException>(() => new ControllerManagerOptions { ClusterCidrs = two }.Check()).Message, StringComparison.Ordinal);
    }
}
