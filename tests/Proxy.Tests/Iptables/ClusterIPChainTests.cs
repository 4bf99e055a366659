using MiniK8s.Api.Core.V1;
using MiniK8s.Proxy.Tests.Kit;

namespace MiniK8s.Proxy.Tests.Iptables;

/// <summary>The chain that refuses a ClusterIP's unused ports.</summary>
public sealed class ClusterIPChainTests
{
    private const string Pod = "10.244.1.99";

    [Fact]
    public void Other_ports_and_other_protocols_of_a_cluster_ip_are_refused_and_other_addresses_left_alone()
    {
        var world = new World();
        world.Put(Given.Service("web", "10.96.0.10"), Given.Slice("web", Given.Local("10.244.1.1")));
        world.SyncFull();

        Assert.Equal("REJECT", world.Trace(Pod, "10.96.0.10:81"));
        Assert.Equal("REJECT", world.Trace(Given.NodeAddress, "10.96.0.10:81"));
        Assert.Equal("REJECT", world.Trace(Pod, "10.96.0.10:80", "udp"));
        Assert.Equal("none", world.Trace(Pod, "10.96.0.11:80"));
    }

    [Fact]
    public void A_cluster_ip_has_one_rule_however_many_ports_it_has()
    {
        var world = Synced(Given.Service("web", "10.96.0.10", spec => spec with { Ports = [Given.Port("a", 80), Given.Port("b", 81), Given.Port("c", 80, protocol: "UDP")] }));

        Assert.Equal(
            "-m comment --comment \"shop/web has no such port\" -d 10.96.0.10 -j REJECT --reject-with icmp-port-unreachable",
            Assert.Single(world.Tables.Chains("filter")["KUBE-CLUSTER-IPS"]));
    }

    [Theory]
    [InlineData("None", "ClusterIP")]
    [InlineData("", "ExternalName")]
    public void What_has_no_cluster_ip_has_no_rule(string clusterIP, string type) =>
        Assert.Empty(Synced(Given.Service("web", clusterIP, spec => spec with { Type = type })).Tables.Chains("filter")["KUBE-CLUSTER-IPS"]);

    [Theory]
    [InlineData("FORWARD")]
    [InlineData("OUTPUT")]
    public void Only_new_packets_that_nothing_translated_walk_it(string chain)
    {
        var rule = Synced(Given.Service("web", "10.96.0.10")).Tables.Chains("filter")[chain][^1];

        Assert.StartsWith("-m conntrack --ctstate NEW -m conntrack ! --ctstate DNAT ", rule, StringComparison.Ordinal);
        Assert.EndsWith("-j KUBE-CLUSTER-IPS", rule, StringComparison.Ordinal);
    }

    private static World Synced(Service service)
    {
        var world = new World();
        world.Put(service);
        world.SyncFull();
        return world;
    }
}
