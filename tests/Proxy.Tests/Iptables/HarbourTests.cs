using MiniK8s.Proxy.Tests.Kit;

namespace MiniK8s.Proxy.Tests.Iptables;

/// <summary>Twenty-five Services, each with another trait, and where they lead by each backend's rules.</summary>
public abstract class HarbourTests
{
    private readonly IRuleWorld world;

    private protected HarbourTests(IRuleWorld world)
    {
        this.world = world;
        world.Put(TestData.Objects("harbour"));
        world.Sync();
    }

    /// <summary>The same answers asked of the rules, so that a golden file that was updated in haste is found out.</summary>
    [Theory]
    [InlineData("10.96.7.1:80", "tcp", "10.244.1.1:7080")]
    [InlineData("10.96.7.2:80", "tcp", "10.244.1.1:7080, 10.244.1.2:7080, 10.244.2.1:7080, 10.244.2.2:7080")]
    [InlineData("10.96.7.3:80", "tcp", "REJECT")]
    [InlineData("10.96.7.4:80", "tcp", "REJECT")]
    [InlineData("10.96.7.5:60", "udp", "10.244.1.4:7060, 10.244.2.4:7060")]
    [InlineData("10.96.7.5:60", "tcp", "10.244.1.4:7060, 10.244.2.4:7060")]
    [InlineData("10.96.7.6:9", "sctp", "10.244.1.5:7009")]
    [InlineData("10.96.7.7:80", "tcp", "10.244.1.6:7080")]
    [InlineData("10.96.7.8:80", "tcp", "10.244.1.7:7080, 10.244.2.7:7080")]
    [InlineData("10.96.7.9:80", "tcp", "10.244.1.8:7080, 10.244.1.9:7080, 10.244.2.8:7080")]
    [InlineData("192.168.77.1:30101", "tcp", "10.244.1.11:7080, 10.244.2.11:7080")]
    [InlineData("192.168.77.1:30103", "tcp", "REJECT")]
    [InlineData("10.96.7.14:80", "tcp", "10.244.1.14:7080")]
    [InlineData("10.96.7.15:80", "tcp", "DROP")]
    [InlineData("192.0.2.40:80", "tcp", "10.244.1.16:7080 masq")]
    [InlineData("192.0.2.51:80", "tcp", "none")]
    [InlineData("192.0.2.52:80", "tcp", "DROP")]
    [InlineData("10.96.7.20:80", "tcp", "10.244.1.20:7080")]
    [InlineData("10.96.7.21:80", "tcp", "10.244.1.22:7080")]
    [InlineData("10.96.7.22:80", "tcp", "10.244.2.24:7080")]
    [InlineData("10.96.7.25:80", "tcp", "none")]
    public void A_pod_gets_there(string destination, string protocol, string expected) =>
        Assert.Equal(expected, world.Trace("10.244.1.99", destination, protocol));

    [Theory]
    [InlineData("192.168.77.1:30100", "10.244.1.10:7080, 10.244.2.10:7080 masq")]
    [InlineData("192.168.77.1:30101", "10.244.1.11:7080")]
    [InlineData("192.168.77.1:30102", "DROP")]
    [InlineData("192.0.2.52:80", "10.244.1.18:7080 masq")]
    [InlineData("192.0.2.53:80", "10.244.1.19:7080")]
    [InlineData("192.168.77.1:30107", "10.244.1.24:7080")]
    public void A_stranger_gets_there(string destination, string expected) =>
        Assert.Equal(expected, world.Trace("198.51.100.7", destination));
}
