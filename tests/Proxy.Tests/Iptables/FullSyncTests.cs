using MiniK8s.Proxy.Iptables;
using MiniK8s.Proxy.Tests.Kit;

namespace MiniK8s.Proxy.Tests.Iptables;

/// <summary>Writing everything over what is there: an earlier run's rules, somebody else's, or nothing.</summary>
public sealed class FullSyncTests
{
    [Fact]
    public void Over_its_own_rules_a_full_sync_changes_nothing()
    {
        var world = Web();
        world.SyncFull();
        var before = world.Tables.Save();

        world.SyncFull();

        Assert.Equal(before, world.Tables.Save());
    }

    [Fact]
    public void Chains_of_services_that_an_earlier_run_left_are_removed_and_others_chains_stay()
    {
        var world = Web();
        world.Tables.Add("nat", "KUBE-SVC-AAAAAAAAAAAAAAAA", "-j KUBE-SEP-AAAAAAAAAAAAAAAA");
        world.Tables.Add("nat", "KUBE-SEP-AAAAAAAAAAAAAAAA", "-j DNAT --to-destination 10.244.9.9:80");
        world.Tables.Add("nat", "DOCKER", "-i docker0 -j RETURN");
        world.Tables.Add("nat", "PREROUTING", "-m addrtype --dst-type LOCAL -j DOCKER");
        world.Tables.Add("filter", "KUBE-FIREWALL", "-j RETURN");

        world.SyncFull();

        var nat = world.Tables.Chains("nat");
        Assert.DoesNotContain("KUBE-SVC-AAAAAAAAAAAAAAAA", nat.Keys);
        Assert.DoesNotContain("KUBE-SEP-AAAAAAAAAAAAAAAA", nat.Keys);
        Assert.Equal(["-i docker0 -j RETURN"], nat["DOCKER"]);
        Assert.Equal("-m addrtype --dst-type LOCAL -j DOCKER", nat["PREROUTING"][^1]);
        Assert.Single(world.Tables.Chains("filter")["KUBE-FIREWALL"]);
    }

    [Fact]
    public void A_chain_that_another_program_points_to_is_emptied_but_kept()
    {
        var world = Web();
        world.SyncFull();
        world.Tables.Add("nat", "CNI-HOSTPORT", "-j KUBE-MARK-MASQ");

        world.Tables.Restore(ScriptBuilder.Cleanup(world.Found()).ToString());

        Assert.Empty(world.Tables.Chains("nat")["KUBE-MARK-MASQ"]);
        Assert.Single(world.Tables.Chains("nat")["CNI-HOSTPORT"]);
        Assert.DoesNotContain("KUBE-SERVICES", world.Tables.Chains("nat").Keys);
    }

    [Fact]
    public void Cleanup_leaves_the_tables_as_they_were()
    {
        var world = Web();
        world.Tables.Add("filter", "INPUT", "-p tcp --dport 22 -j ACCEPT");
        var before = world.Tables.Save();
        world.SyncFull();

        world.Tables.Restore(ScriptBuilder.Cleanup(world.Found()).ToString());

        Assert.Equal(before, world.Tables.Save());
        Assert.False(world.Found().HasOwn);
    }

    [Theory]
    [InlineData("INPUT", 0)]
    [InlineData("FORWARD", 2)]
    [InlineData("OUTPUT", 1)]
    public void A_missing_jump_is_put_back_in_its_place_before_others_rules(string chain, int index)
    {
        var world = Web();
        world.Tables.Add("filter", chain, "-j DROP");
        world.SyncFull();
        var before = world.Tables.Save();
        ((List<string>)world.Tables.Chains("filter")[chain]).RemoveAt(index);

        Assert.False(JumpRepair.IsComplete(world.Found(), StaticRules.Jumps));
        world.SyncFull();

        Assert.Equal(before, world.Tables.Save());
        Assert.True(JumpRepair.IsComplete(world.Found(), StaticRules.Jumps));
    }

    [Fact]
    public void Doubled_jumps_become_one()
    {
        var world = Web();
        world.SyncFull();
        var before = world.Tables.Save();
        world.Tables.Add("nat", "PREROUTING", world.Tables.Chains("nat")["PREROUTING"][0]);

        world.SyncFull();

        Assert.Equal(before, world.Tables.Save());
    }

    [Fact]
    public void The_way_to_node_ports_is_the_last_rule_of_its_chain()
    {
        var world = Web();
        world.SyncFull();

        Assert.EndsWith("-j KUBE-NODEPORTS", world.Tables.Chains("nat")["KUBE-SERVICES"][^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "-j MASQUERADE --random-fully")]
    [InlineData(false, "-j MASQUERADE")]
    public void Old_iptables_masquerade_without_random_fully(bool supported, string expected)
    {
        var world = new World(change: settings => settings with { RandomFully = supported });
        world.SyncFull();

        Assert.EndsWith(expected, world.Tables.Chains("nat")["KUBE-POSTROUTING"][^1], StringComparison.Ordinal);
    }

    private static World Web() => new World().Put(
        Given.Service("web", "10.96.0.10", spec => Given.NodePort(spec, 30080)),
        Given.Slice("web", Given.Local("10.244.1.1"), Given.Remote("10.244.2.1")),
        Given.Service("empty", "10.96.0.11"));
}
