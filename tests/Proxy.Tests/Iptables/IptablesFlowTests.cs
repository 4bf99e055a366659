using MiniK8s.Api.Declarations;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Tests.Kit;

namespace MiniK8s.Proxy.Tests.Iptables;

/// <summary>The harbour by iptables, and all its rules in one file for reading.</summary>
public sealed class IptablesHarbourTests : HarbourTests
{
    private readonly World world;

    public IptablesHarbourTests()
        : this(new World())
    {
    }

    private IptablesHarbourTests(World world)
        : base(world) => this.world = world;

    [Fact]
    public void All_rules_are_as_written_down() => TestData.AssertMatches("harbour", "expected.iptables", world.Tables.Save());
}

/// <summary>The matrix of masquerading by iptables.</summary>
public sealed class IptablesMasqueradeMatrixTests : MasqueradeMatrixTests
{
    private protected override IRuleWorld Create(WorldOptions options) => new World(options);
}

/// <summary>The ways in by iptables, and what only its rules have.</summary>
public sealed class IptablesEntryTests : EntryTests
{
    private protected override IRuleWorld Create() => new World();

    [Fact]
    public void A_cluster_ip_has_one_rule_for_its_unused_ports_however_many_ports_it_has()
    {
        var world = Synced(Given.Service("web", "10.96.0.10", spec => spec with { Ports = [Given.Port("a", 80), Given.Port("b", 81), Given.Port("c", 80, protocol: "UDP")] }));

        Assert.Equal(
            "-m comment --comment \"shop/web has no such port\" -d 10.96.0.10 -j REJECT --reject-with icmp-port-unreachable",
            Assert.Single(world.Tables.Chains("filter")["KUBE-CLUSTER-IPS"]));
    }

    [Theory]
    [InlineData("None", "ClusterIP")]
    [InlineData("", "ExternalName")]
    public void What_has_no_cluster_ip_has_no_rule_for_unused_ports(string clusterIP, string type)
    {
        var world = Synced(Given.Service("web", clusterIP, spec => spec with { Type = type }));

        Assert.Empty(world.Tables.Chains("filter")["KUBE-CLUSTER-IPS"]);
    }

    [Theory]
    [InlineData("FORWARD")]
    [InlineData("OUTPUT")]
    public void Only_new_packets_that_nothing_translated_look_through_the_cluster_ips(string chain)
    {
        var rule = Synced(Given.Service("web", "10.96.0.10")).Tables.Chains("filter")[chain][^1];

        Assert.StartsWith("-m conntrack --ctstate NEW -m conntrack ! --ctstate DNAT ", rule, StringComparison.Ordinal);
        Assert.EndsWith("-j KUBE-CLUSTER-IPS", rule, StringComparison.Ordinal);
    }

    [Fact]
    public void Health_check_ports_are_let_in()
    {
        var world = Synced(
            Exposed(spec => spec with { ExternalTrafficPolicy = "Local", HealthCheckNodePort = 30999 }),
            Given.Slice("web", Given.Local("10.244.1.1")));
        world.Tables.SetPolicy("INPUT", "DROP");

        Assert.Equal("none", world.Trace(Outside, $"{Given.NodeAddress}:30999"));
        Assert.Equal("DROP", world.Trace(Outside, $"{Given.NodeAddress}:31000"));
    }

    [Theory]
    [InlineData(Outside, "10.96.0.10:80", "10.244.1.1:8080 masq")]
    [InlineData(Pod, "10.96.0.10:80", "10.244.1.1:8080")]
    [InlineData(Outside, Given.NodeAddress + ":30080", "10.244.1.1:8080")]
    [InlineData("192.168.77.2", "10.244.1.1:8080", "none")]
    [InlineData(Outside, "172.17.0.2:80", "DROP")]
    public void Pods_are_reached_past_a_forward_chain_that_drops_and_nothing_else_is(string source, string destination, string expected)
    {
        var world = new World().Put(
            Given.Service("web", "10.96.0.10", spec => Given.NodePort(spec, 30080) with { ExternalTrafficPolicy = "Local" }),
            Given.Slice("web", Given.Local("10.244.1.1")));
        world.Tables.SetPolicy("FORWARD", "DROP");
        world.SyncFull();

        Assert.Equal(expected, world.Trace(source, destination));
    }

    [Fact]
    public void A_forward_chain_that_accepts_gets_no_rule_beyond_kube_proxys()
    {
        var world = Synced(Given.Service("web", "10.96.0.10"));

        Assert.Equal(3, world.Tables.Chains("filter")["KUBE-FORWARD"].Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Round_robin_is_chosen_by_annotation_or_for_all(bool byAnnotation)
    {
        var service = Given.Service("web", "10.96.0.10");
        if (byAnnotation)
        {
            service = service with { Metadata = service.Metadata with { Annotations = new Dictionary<string, string> { ["minik8s.io/balancing"] = "round-robin" } } };
        }
        var world = new World(byAnnotation ? Balancing.Random : Balancing.RoundRobin)
            .Put(service, Given.Slice("web", Given.Local("10.244.1.1"), Given.Local("10.244.1.2"), Given.Local("10.244.1.3")));
        var script = world.SyncFull().ToString();

        Assert.Contains("--mode nth --every 3 --packet 0", script, StringComparison.Ordinal);
        Assert.Contains("--mode nth --every 2 --packet 0", script, StringComparison.Ordinal);
        Assert.DoesNotContain("--mode random", script, StringComparison.Ordinal);
    }

    [Fact]
    public void Random_gives_each_of_three_the_same_share()
    {
        var script = Synced(Given.Service("web", "10.96.0.10"), Given.Slice("web", Given.Local("10.244.1.1"), Given.Local("10.244.1.2"), Given.Local("10.244.1.3")))
            .Tables.Save();

        Assert.Contains("--probability 0.3333333333 ", script, StringComparison.Ordinal);
        Assert.Contains("--probability 0.5000000000 ", script, StringComparison.Ordinal);
    }

    [Fact]
    public void Affinity_asks_for_former_clients_before_it_chooses()
    {
        var world = Synced(
            Given.Service("web", "10.96.0.10", spec => spec with { SessionAffinity = "ClientIP" }),
            Given.Slice("web", Given.Local("10.244.1.1"), Given.Local("10.244.1.2")));
        var rules = world.Tables.Chains("nat").Single(chain => chain.Key.StartsWith("KUBE-SVC-", StringComparison.Ordinal)).Value;

        Assert.Collection(
            rules,
            rule => Assert.Contains("KUBE-MARK-MASQ", rule, StringComparison.Ordinal),
            rule => Assert.Contains("--rcheck --seconds 10800 --reap", rule, StringComparison.Ordinal),
            rule => Assert.Contains("--rcheck --seconds 10800 --reap", rule, StringComparison.Ordinal),
            rule => Assert.Contains("--mode random", rule, StringComparison.Ordinal),
            rule => Assert.DoesNotContain("-m recent", rule, StringComparison.Ordinal));
        Assert.Equal(2, world.Tables.Chains("nat").SelectMany(chain => chain.Value).Count(rule => rule.Contains("--set -m tcp", StringComparison.Ordinal)));
    }

    private static new World Synced(params IResource[] objects)
    {
        var world = new World().Put(objects);
        world.SyncFull();
        return world;
    }
}
