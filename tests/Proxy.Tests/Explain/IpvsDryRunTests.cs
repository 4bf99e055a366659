using System.Text;
using MiniK8s.Proxy.Explain;
using MiniK8s.Proxy.Ipvs;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Tests.Kit;

namespace MiniK8s.Proxy.Tests.Explain;

public sealed class IpvsDryRunTests
{
    private readonly World world = new();
    private readonly IpvsWorld ipvs;

    public IpvsDryRunTests() => ipvs = new IpvsWorld(world);

    [Fact]
    public async Task After_a_sync_there_is_nothing_to_do()
    {
        await HarbourAsync();

        Assert.Equal("\nIPv4: nothing to do\n", DifferenceText.Of(IpFamily.V4, await CompareAsync(ipvs.Model)));
    }

    [Fact]
    public async Task Over_an_empty_kernel_everything_is_new_and_nothing_is_written()
    {
        world.Put(Given.Service("web", "10.96.0.10"), Given.Slice("web", Given.Local("10.244.1.1")));

        var difference = await CompareAsync(world.Tracker.Take().Current);

        var server = Assert.Single(difference.Changes, change => change.Place == "ipvs -t 10.96.0.10:80");
        Assert.Equal(PlaceChangeKind.Add, server.Kind);
        Assert.Equal(["-A -t 10.96.0.10:80 -s rr", "-a -t 10.96.0.10:80 -r 10.244.1.1:8080 -m -w 1"], server.Added);
        Assert.Contains(difference.Changes, change => change is { Place: "device kube-ipvs0", Added: ["address add 10.96.0.10 dev kube-ipvs0"] });
        Assert.Contains(difference.Changes, change => change is { Place: "ipset KUBE-CLUSTER-IP", Added: ["add KUBE-CLUSTER-IP 10.96.0.10,tcp:80"] });
        Assert.Contains(difference.Changes, change => change is { Place: "nat KUBE-SERVICES", Kind: PlaceChangeKind.Add });
        Assert.DoesNotContain(difference.Changes, change => change.Removed.Count > 0);
        Assert.Empty(ipvs.Kernel.Log);
        Assert.False(ipvs.Kernel.IsPrepared);
    }

    [Fact]
    public async Task A_change_shows_what_comes_and_goes_and_a_Service_that_is_gone_too()
    {
        world.Put(Given.Service("web", "10.96.0.10"), Given.Slice("web", Given.Local("10.244.1.1"), Given.Remote("10.244.2.1")));
        world.Put(Given.Service("old", "10.96.0.11"));
        await ipvs.SyncAsync();
        var before = ipvs.Save();
        world.Put(Given.Slice("web", Given.Local("10.244.1.1"), Given.Remote("10.244.2.2")));
        world.Remove<Api.Core.V1.Service>("old");

        var difference = await CompareAsync(world.Tracker.Take().Current);

        var web = Assert.Single(difference.Changes, change => change.Place == "ipvs -t 10.96.0.10:80");
        Assert.Equal(PlaceChangeKind.Rewrite, web.Kind);
        Assert.Contains("10.244.2.1:8080", Assert.Single(web.Removed), StringComparison.Ordinal);
        Assert.Contains("10.244.2.2:8080", Assert.Single(web.Added), StringComparison.Ordinal);
        Assert.Equal(PlaceChangeKind.Remove, Assert.Single(difference.Changes, change => change.Place == "ipvs -t 10.96.0.11:80").Kind);
        Assert.Contains(difference.Changes, change => change is { Place: "device kube-ipvs0", Removed: ["address del 10.96.0.11 dev kube-ipvs0"], Added.Count: 0 });
        Assert.Equal(before, ipvs.Save());
    }

    [Fact]
    public async Task What_somebody_added_and_took_away_is_shown()
    {
        await HarbourAsync();
        var entry = ipvs.Kernel.Elements(IpFamily.V4, IpSet.ClusterIP).First();
        ipvs.Kernel.Apply([new IpvsOperation.DeleteEntry(IpFamily.V4, entry)]);
        ipvs.Rules.Tables.Add("nat", "KUBE-SERVICES", "-d 10.96.0.66 -j RETURN");

        var changes = (await CompareAsync(ipvs.Model)).Changes;

        Assert.Equal(["ipset KUBE-CLUSTER-IP", "nat KUBE-SERVICES"], changes.Select(change => change.Place));
        Assert.Equal([$"add KUBE-CLUSTER-IP {entry}"], changes[0].Added);
        Assert.Equal(["-d 10.96.0.66 -j RETURN"], changes[1].Removed);
    }

    /// <summary>Services of every kind.</summary>
    private async Task HarbourAsync()
    {
        world.Put([.. TestData.Objects("harbour")]);
        await ipvs.SyncAsync();
    }

    private Task<RuleDifference> CompareAsync(ProxyModel model) => new IpvsDryRun(
        new IpvsSettings(world.Settings, IpvsSchedulers.Default), () => ipvs.Kernel, _ => Task.FromResult(Encoding.UTF8.GetBytes(ipvs.Rules.Tables.Save()))).CompareAsync(model, CancellationToken.None);
}
