using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.ControllerManager.EndpointSlices;

namespace MiniK8s.ControllerManager.Tests.EndpointSlices.Topology;

/// <summary>Hints by the zones' share of CPU, as Services with topology-mode Auto have them. Node <c>a1</c> is in zone <c>a</c>, node <c>?1</c> in none.</summary>
public sealed class TopologyHintsTests
{
    private const string Mode = "service.kubernetes.io/topology-mode";
    private const string Older = "service.kubernetes.io/topology-aware-hints";

    private readonly SliceWorld world = new() { Nodes = InZone, Shares = ZoneSharesTests.Of("a 1;b 1") };

    public TopologyHintsTests() => Annotate((Mode, "Auto"));

    [Fact]
    public void Endpoints_are_meant_for_their_own_zone_where_they_are_spread_like_the_cpu()
    {
        Run("ab");
        Assert.Equal("a>a b>b", Sync());
        Assert.True(world.Sync().IsEmpty);
    }

    [Theory]
    [InlineData("a 35;b 35;c 30", "aaaaabbccc", "a>a a>a a>a a>a a>b b>b b>b c>c c>c c>c")]
    [InlineData("a 1;b 1", "aaaa", "a>a a>a a>b a>b")]
    [InlineData("a 1;b 3", "aabb", "a>a a>b b>b b>b")]
    [InlineData("a 1;b 1;c 1", "aaaabb", "a>a a>a a>c a>c b>b b>b")]
    [InlineData("a 1;b 1", "aaabb", null)]
    public void A_zone_lends_what_is_above_its_share(string nodes, string pods, string? expected)
    {
        world.Shares = ZoneSharesTests.Of(nodes);
        Run(pods);
        Assert.Equal(expected ?? "a>- a>- a>- b>- b>-", Sync());
        Assert.True(world.Sync().IsEmpty);
    }

    [Theory]
    [InlineData("Auto", null, true)]
    [InlineData("auto", null, true)]
    [InlineData(null, "Auto", true)]
    [InlineData(null, "auto", true)]
    [InlineData("Disabled", "Auto", true)]
    [InlineData("Auto", "Disabled", false)]
    [InlineData("Auto", "", false)]
    [InlineData("AUTO", null, false)]
    [InlineData("Disabled", null, false)]
    [InlineData(null, null, false)]
    public void The_annotation_asks_for_hints_and_the_older_one_goes_before(string? mode, string? older, bool asked)
    {
        Annotate([.. new[] { (Mode, mode!), (Older, older!) }.Where(a => a.Item2 is not null)]);
        Run("ab");
        Assert.Equal(asked ? "a>a b>b" : "a>- b>-", Sync());
    }

    [Theory]
    [InlineData("a 1", "a 1;b 1")]
    [InlineData("a 1;b 1;c 1", "a 1;b 1")]
    [InlineData("a 1;none 1", "a 1;b 1")]
    [InlineData("a 9;b 1", "a 1;b 1")]
    public void Hints_go_from_slices_that_stay_otherwise_when_a_condition_fails_and_come_back(string failing, string fine)
    {
        Run("ab");
        Assert.Equal("a>a b>b", Sync());
        world.Shares = ZoneSharesTests.Of(failing);
        var plan = world.Sync();
        Assert.Equal((0, 1, 0), (plan.Create.Count, plan.Update.Count, plan.Delete.Count));
        Assert.False(Assert.Single(plan.Hints).Given);
        Assert.Equal("a>- b>-", Look());
        Assert.True(world.Sync().IsEmpty);

        world.Shares = ZoneSharesTests.Of(fine);
        Assert.Equal("a>a b>b", Sync());
    }

    [Fact]
    public void Endpoints_that_are_not_ready_count_for_nothing_and_have_no_hint()
    {
        Run("abb");
        world.Pods = [.. world.Pods.Take(2), world.Pods[2].WithStatus(s => s with { Conditions = [s.Conditions[0] with { Status = "False" }] })];
        Assert.Equal("a>a b>- b>b", Sync());
        world.Pods = [world.Pods[0], world.Pods[1].Terminating(), world.Pods[2]];
        Assert.Equal("a>- b>- b>-", Sync());
    }

    [Fact]
    public void One_ready_endpoint_without_a_zone_leaves_all_without_hints()
    {
        Run("ab");
        Sync();
        Run("ab?b");
        var plan = world.Sync();
        Assert.Equal("?>- a>- b>- b>-", Look());
        Assert.Equal("endpoint 10.244.0.3 is on a node without a zone", Assert.Single(plan.Hints).Detail);
        Assert.True(world.Sync().IsEmpty);
    }

    [Fact]
    public void A_slice_that_need_not_be_written_keeps_its_hints_though_another_division_were_nearer()
    {
        world.MaxPerSlice = 4;
        Run("aaaa");
        Assert.Equal("a>a a>a a>b a>b", Sync());

        // Now each zone has endpoints enough, but to take two back from b would cost the write of a slice that changes in nothing else.
        Run("aaaa", "bbbb");
        var plan = world.Sync();
        Assert.Equal((1, 0, 0), (plan.Create.Count, plan.Update.Count, plan.Delete.Count));
        Assert.Equal("a>a a>a a>b a>b b>a b>a b>b b>b", Look());
        Assert.True(world.Sync().IsEmpty);
    }

    [Fact]
    public void Hints_that_leave_another_zone_too_few_are_divided_anew_and_only_in_the_slices_that_must()
    {
        world.MaxPerSlice = 4;
        Run("aaaa", "bbbb");
        Sync();
        world.Shares = ZoneSharesTests.Of("a 3;b 5");
        var plan = world.Sync();
        Assert.Equal("a>a a>a a>a a>b b>b b>b b>b b>b", Look());
        Assert.Equal(["a", "a", "a", "a"], Assert.Single(plan.Update).Endpoints.Select(e => e.Zone));
        Assert.True(world.Sync().IsEmpty);
    }

    [Fact]
    public void Hints_for_a_zone_that_is_gone_and_missing_ones_are_put_right()
    {
        Run("aabb");
        Sync();
        var slice = world.Slices.Single();
        foreach (var wrong in new[] { null, new EndpointHints(), new EndpointHints { ForZones = [new ForZone { Name = "gone" }] } })
        {
            world.Slices[0] = slice with { Endpoints = [slice.Endpoints[0] with { Hints = wrong }, .. slice.Endpoints.Skip(1)] };
            Assert.Equal("a>a a>a b>b b>b", Sync());
        }
    }

    [Theory]
    [InlineData("a 1;b 1", "aabbxx", "a>a a>a b>b b>b x>x x>x")]
    [InlineData("a 58;b 6;c 6", "aaaaaaa", "a>a a>a a>a a>a a>a a>a a>b")]
    public void A_slice_that_never_fits_is_not_written_again_and_again(string nodes, string pods, string expected)
    {
        world.Shares = ZoneSharesTests.Of(nodes);
        Run(pods);
        Assert.Equal(expected, Sync());
        Assert.True(world.Sync().IsEmpty);
    }

    [Fact]
    public void Auto_goes_before_close_traffic_also_where_it_has_no_hints_and_close_traffic_takes_over_after_it()
    {
        world.Service = world.Service.With(s => s with { TrafficDistribution = "PreferClose" });
        Run("aaaa");
        Assert.Equal("a>a a>a a>b a>b", Sync());
        Run("aaa");
        Assert.Equal("a>- a>- a>-", Sync());
        Annotate();
        Assert.Equal("a>a a>a a>a", Sync());
        Assert.Empty(world.Sync().Hints);

        // Back again: the hints of close traffic are too many for zone a.
        Run("aaaa");
        Annotate((Mode, "Auto"));
        Assert.Equal("a>a a>a a>b a>b", Sync());
    }

    [Fact]
    public void Each_family_is_judged_by_its_own_endpoints()
    {
        world.Service = world.Service.With(s => s with { IpFamilies = ["IPv4", "IPv6"] });
        Run("ab");
        world.Pods = [world.Pods[0].WithStatus(s => s with { PodIPs = [new() { Ip = "10.244.0.1" }, new() { Ip = "fd00::1" }] }), world.Pods[1]];
        var plan = world.Sync();
        Assert.Equal(["IPv4 True", "IPv6 False"], plan.Hints.Select(v => $"{v.AddressType} {v.Given}"));
        Assert.Null(world.Slices.Single(s => s.AddressType == "IPv6").Endpoints.Single().Hints);
        Assert.All(world.Slices.Single(s => s.AddressType == "IPv4").Endpoints, e => Assert.NotNull(e.Hints));
    }

    [Fact]
    public void Service_without_pods_is_refused_and_its_placeholder_stays()
    {
        Assert.Equal("0 ready endpoints are too few for 2 zones, of which each needs one", Assert.Single(world.Sync().Hints).Detail);
        Assert.True(world.Sync().IsEmpty);
    }

    /// <summary>Whatever happens to pods and nodes: hints are for all ready endpoints or for none, and come to rest without any further change.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Hints_come_to_rest(int seed)
    {
        var random = new Random(seed);
        world.MaxPerSlice = 5;
        for (var step = 0; step < 200; step++)
        {
            var pods = string.Concat(Enumerable.Range(0, random.Next(0, 40)).Select(_ => "aaabbcx"[random.Next(7)]));
            if (random.Next(2) == 0) Run(pods);
            if (random.Next(2) == 0) world.Shares = ZoneSharesTests.Of($"a {random.Next(1, 9)};b {random.Next(1, 9)};c {random.Next(1, 9)}"[..(random.Next(2) == 0 ? 7 : 11)]);
            var syncs = 0;
            SlicePlan plan;
            while (!(plan = world.Sync()).IsEmpty) Assert.True(++syncs <= 5, $"seed {seed}, step {step}: still writes {plan}");

            var hinted = world.Slices.SelectMany(s => s.Endpoints).Select(e => e.Hints?.ForZones.Count ?? 0).Distinct().ToList();
            Assert.True(hinted is [] or [0] or [1], $"seed {seed}, step {step}: {Look()}");
            Assert.Equal(plan.Hints.Single().Given, hinted is [1]);
        }
    }

    private static Node InZone(string name)
    {
        var node = Sample.Node(name);
        var labels = name[0] == '?' ? Sample.Map() : Sample.Map(("topology.kubernetes.io/zone", name[..1]));
        return node.WithMetadata(node.Metadata with { Labels = labels });
    }

    /// <summary>Pods in the zones of the letters, in that order in slices too; each further text begins after what one slice holds.</summary>
    private void Run(params string[] zones) => world.Pods =
        [.. string.Concat(zones).Select((zone, i) => Sample.Pod($"p{i:D3}{zone}", $"10.244.0.{i + 1}", node: $"{zone}1"))];

    private void Annotate(params (string Key, string Value)[] annotations) =>
        world.Service = world.Service.WithMetadata(world.Service.Metadata with { Annotations = Sample.Map(annotations) });

    private string Sync()
    {
        world.Sync();
        return Look();
    }

    /// <summary>Where each endpoint is, and for which zone it is meant.</summary>
    private string Look() => string.Join(' ', world.Slices.SelectMany(s => s.Endpoints)
        .Select(e => $"{e.Zone ?? "?"}>{(e.Hints is null ? "-" : string.Join('+', e.Hints.ForZones.Select(z => z.Name)))}").Order(StringComparer.Ordinal));
}
