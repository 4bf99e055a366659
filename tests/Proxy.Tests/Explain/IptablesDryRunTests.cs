using System.Text;
using MiniK8s.Proxy.Explain;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Tests.Kit;

namespace MiniK8s.Proxy.Tests.Explain;

public sealed class IptablesDryRunTests
{
    private readonly World world = new World().Put(Given.Service("web", "10.96.0.10"), Given.Slice("web", Given.Local("10.244.1.1"), Given.Remote("10.244.2.1")));

    [Fact]
    public async Task After_a_sync_there_is_nothing_to_do()
    {
        world.SyncFull();

        Assert.Empty((await CompareAsync()).Changes);
        Assert.Equal("\nIPv4: nothing to do\n", DifferenceText.Of(IpFamily.V4, await CompareAsync()));
    }

    [Fact]
    public async Task Over_empty_tables_everything_is_new_and_nothing_is_written()
    {
        var before = world.Tables.Save();
        var model = world.Tracker.Take().Current;

        var difference = await CompareAsync(model);

        Assert.Contains(difference.Changes, change => change is { Place: "nat KUBE-SERVICES", Kind: PlaceChangeKind.Add });
        Assert.Contains(difference.Changes, change => change is { Place: "nat PREROUTING", Kind: PlaceChangeKind.Rewrite, Removed.Count: 0, Added.Count: 1 });
        Assert.DoesNotContain(difference.Changes, change => change.Kind == PlaceChangeKind.Remove);
        Assert.Equal(before, world.Tables.Save());
    }

    [Fact]
    public async Task A_change_shows_the_chains_that_come_go_and_differ()
    {
        world.SyncFull();
        world.Put(Given.Slice("web", Given.Local("10.244.1.1"), Given.Remote("10.244.2.2")));
        var model = world.Tracker.Take().Current;

        var difference = await CompareAsync(model);

        Assert.Equal([PlaceChangeKind.Add, PlaceChangeKind.Rewrite, PlaceChangeKind.Remove], difference.Changes.Select(change => change.Kind).Order());
        var rewritten = Assert.Single(difference.Changes, change => change.Kind == PlaceChangeKind.Rewrite);
        Assert.Contains("10.244.2.1:8080", Assert.Single(rewritten.Removed), StringComparison.Ordinal);
        Assert.Contains("10.244.2.2:8080", Assert.Single(rewritten.Added), StringComparison.Ordinal);
        Assert.EndsWith("IPv4: a sync would add 1, rewrite 1 and remove 1 (+3 -3 lines); nothing was written\n", DifferenceText.Of(IpFamily.V4, difference), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_elses_rule_in_our_chain_and_a_jump_out_of_place_are_shown()
    {
        world.SyncFull();
        world.Tables.Add("nat", "KUBE-SERVICES", "-d 10.96.0.66 -j RETURN");
        var output = (List<string>)world.Tables.Chains("filter")["OUTPUT"];
        output.Reverse();

        var changes = (await CompareAsync()).Changes;

        Assert.Equal(["-d 10.96.0.66 -j RETURN"], Assert.Single(changes, change => change.Place == "nat KUBE-SERVICES").Removed);
        Assert.Equal(" (same lines in another order)", DifferenceText.Of(IpFamily.V4, new RuleDifference([.. changes.Where(change => change.Place == "filter OUTPUT")])).Split('\n')[1]["filter OUTPUT".Length..]);
        Assert.Equal(2, changes.Count);
    }

    [Fact]
    public async Task Others_rules_and_chains_are_none_of_its_business()
    {
        world.SyncFull();
        world.Tables.Add("nat", "DOCKER", "-i docker0 -j RETURN");
        world.Tables.Add("filter", "INPUT", "-p tcp --dport 22 -j ACCEPT");

        Assert.Empty((await CompareAsync()).Changes);
    }

    private Task<RuleDifference> CompareAsync(ProxyModel? model = null) =>
        new IptablesDryRun(world.Settings, _ => Task.FromResult(Encoding.UTF8.GetBytes(world.Tables.Save()))).CompareAsync(model ?? world.Model, CancellationToken.None);
}
