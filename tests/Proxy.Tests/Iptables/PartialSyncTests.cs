using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Proxy.Iptables;
using MiniK8s.Proxy.Tests.Kit;

namespace MiniK8s.Proxy.Tests.Iptables;

/// <summary>A change costs what it changes: counted in chains and bytes, not in time.</summary>
public sealed class PartialSyncTests
{
    [Theory]
    [InlineData(10)]
    [InlineData(1000)]
    public void A_changed_endpoint_touches_its_service_and_nothing_else_however_many_there_are(int services)
    {
        var world = Many(services);
        world.SyncFull();

        world.Put(Given.Slice("s5", Given.Local("10.244.5.1"), Given.Remote("10.244.5.3")));
        var script = world.SyncPartial();

        Assert.Equal(3, script.ChainCount);
        Assert.InRange(script.ToBytes().Length, 1, 1100);
        Assert.Equal(world.FromScratch().Save(), world.Tables.Save());
    }

    [Fact]
    public void A_new_service_rewrites_the_chain_that_leads_to_it_and_no_other_services_chains()
    {
        var world = Many(100);
        world.SyncFull();

        world.Put(Given.Service("new", "10.96.9.9"), Given.Slice("new", Given.Local("10.244.9.9")));
        var script = world.SyncPartial();

        Assert.Equal(4, script.ChainCount);
        Assert.Contains("\n:KUBE-SERVICES - [0:0]\n", script.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("*filter\n:KUBE-CLUSTER-IPS - [0:0]\n-A KUBE-CLUSTER-IPS ", script.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_rule_for_unused_ports_stays_single_and_counted_while_ports_come_and_go()
    {
        var world = Many(2);
        var filter = world.SyncFull().RulesWritten(Table.Filter) - StaticRules.Jumps.Count(jump => jump.Table == Table.Filter);
        foreach (var ports in (int[][])[[80], [80, 81], [80, 81, 82], [82], [81]])
        {
            world.Put(Given.Service("s1", "10.96.0.1", spec => spec with { Ports = [.. ports.Select(port => Given.Port($"p{port}", port))] }));
            filter += world.SyncPartial().RuleChange[(int)Table.Filter];

            Assert.Equal(2, world.Tables.Chains("filter")["KUBE-CLUSTER-IPS"].Count);
            Assert.Equal(world.FromScratch().Save(), world.Tables.Save());
            Assert.Equal(world.Tables.Chains("filter").Where(chain => chain.Key.StartsWith("KUBE-", StringComparison.Ordinal)).Sum(chain => chain.Value.Count), filter);
        }
    }

    [Fact]
    public void A_deleted_service_takes_its_chains_along()
    {
        var world = Many(3);
        world.SyncFull();

        world.Remove<Service>("s1").Remove<EndpointSlice>("s1-1");
        world.SyncPartial();

        Assert.Equal(world.FromScratch().Save(), world.Tables.Save());
        Assert.DoesNotContain("shop/s1:", world.Tables.Save(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_cancels_out_costs_nothing()
    {
        var world = Many(3);
        world.SyncFull();

        world.Put(Given.Slice("s1"), Given.Slice("s1", Given.Local("10.244.1.1"), Given.Remote("10.244.1.2")));

        Assert.True(world.SyncPartial().IsEmpty);
    }

    [Fact]
    public void The_last_endpoint_going_turns_chains_into_a_refusal_and_back()
    {
        var world = Many(2);
        world.SyncFull();
        var before = world.Tables.Save();

        world.Put(Given.Slice("s1"));
        world.SyncPartial();
        Assert.Equal("REJECT", world.Trace("10.244.1.99", "10.96.0.1:80"));

        world.Put(Given.Slice("s1", Given.Local("10.244.1.1"), Given.Remote("10.244.1.2")));
        world.SyncPartial();
        Assert.Equal(before, world.Tables.Save());
    }

    [Fact]
    public void A_node_that_moves_to_another_zone_is_served_from_there()
    {
        var world = new World().Put(Given.Service("web", "10.96.0.10"), Given.Slice("web", Hinted("10.244.1.1", "a"), Hinted("10.244.2.1", "b")));
        world.Put(Given.Node("a"));
        world.SyncFull();
        Assert.Equal("10.244.1.1:8080", world.Trace("10.244.1.99", "10.96.0.10:80"));

        world.Put(Given.Node("b"));
        world.SyncPartial();

        Assert.Equal("10.244.2.1:8080", world.Trace("10.244.1.99", "10.96.0.10:80"));
        Assert.Equal(world.FromScratch().Save(), world.Tables.Save());
    }

    /// <summary>
    /// Per Service of n endpoints: one rule in KUBE-SERVICES, n + 1 in its own chain, two per endpoint. Beside them four in
    /// KUBE-MARK-MASQ and KUBE-POSTROUTING, three jumps and the one to the node ports.
    /// </summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(10, 2)]
    [InlineData(20, 10)]
    public void The_number_of_rules_follows_from_services_and_endpoints(int services, int endpoints)
    {
        var world = new World();
        for (var s = 0; s < services; s++)
        {
            var own = Enumerable.Range(1, endpoints).Select(e => Given.Local($"10.244.{s}.{e}"));
            world.Put(Given.Service($"s{s}", $"10.96.0.{s + 1}"), Given.Slice($"s{s}", [.. own]));
        }
        world.SyncFull();

        var rules = world.Tables.Chains("nat").Sum(chain => chain.Value.Count);
        Assert.Equal(8 + (services * (2 + (3 * endpoints))), rules);
    }

    private static World Many(int services)
    {
        var world = new World();
        for (var i = 0; i < services; i++)
        {
            world.Put(
                Given.Service($"s{i}", $"10.96.{i / 250}.{i % 250}"),
                Given.Slice($"s{i}", Given.Local($"10.244.{i % 250}.1"), Given.Remote($"10.244.{i % 250}.2")));
        }
        return world;
    }

    private static Endpoint Hinted(string address, string zone) =>
        Given.Remote(address) with { Hints = new EndpointHints { ForZones = [new ForZone { Name = zone }] } };
}
