using System.Net;
using System.Text;
using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Client.Caching;
using MiniK8s.Proxy.Explain;
using MiniK8s.Proxy.Iptables;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Tests.Kit;
using MiniK8s.Proxy.Tracking;
using MiniK8s.TestKit;
using MiniK8s.TestKit.Network;

namespace MiniK8s.Proxy.Tests.Network;

/// <summary>The proxy's own process against the kernel's own words: what a sync wrote is nothing to do for a dry run.</summary>
public sealed class DryRunTests
{
    [Theory]
    [InlineData("nft")]
    [InlineData("legacy")]
    public async Task After_a_sync_a_dry_run_has_nothing_to_do_and_a_change_is_shown_but_not_made(string variant)
    {
        var mode = ProxyMode.Iptables(variant);
        Assert.SkipWhen(mode.SkipReason is not null, mode.SkipReason ?? "");
        await using var network = await ProxyNetwork.CreateAsync(mode);
        PutHarbour(network);
        network.Put(Given.Service("web", "10.96.0.210"), network.EndpointOf(network.One), network.EndpointOf(network.Two), network.EndpointOf(network.Far));
        await network.StartProxyAsync("--cluster-cidr", "10.244.0.0/16");

        var (code, output) = await network.DryRunAsync();
        Assert.Equal("0 IPv4: nothing to do", $"{code} {output.Trim().Split('\n')[^1]}{(code == 0 ? "" : output)}");

        await network.KillProxyAsync();
        network.Put(Given.Service("web", "10.96.0.210"), network.EndpointOf(network.One));
        var before = await network.SaveAsync();
        (code, output) = await network.DryRunAsync("--cluster-cidr", "10.244.0.0/16", "--node-name", Given.NodeName, "--proxy-mode", "iptables", "--iptables-variant", variant);

        Assert.Equal((1, ""), (code, code == 1 ? "" : output));
        Assert.EndsWith("IPv4: a sync would add 0, rewrite 1 and remove 2 (+1 -7 lines); nothing was written\n", output, StringComparison.Ordinal);
        Assert.Equal(WithoutCounts(before), WithoutCounts(await network.SaveAsync()));
    }

    [Fact]
    public async Task A_table_of_nftables_is_compared_whatever_way_it_came_to_be_so()
    {
        Assert.SkipWhen(ProxyMode.Nftables.SkipReason is not null, ProxyMode.Nftables.SkipReason ?? "");
        await using var network = await ProxyNetwork.CreateAsync(ProxyMode.Nftables);
        PutHarbour(network);
        network.Put(Given.Service("web", "10.96.0.210"), network.EndpointOf(network.One), network.EndpointOf(network.Two), network.EndpointOf(network.Far));
        network.Put(Given.Service("sticky", "10.96.0.211", spec => spec with { SessionAffinity = "ClientIP" }), network.EndpointOf(network.One), network.EndpointOf(network.Far));
        await network.StartProxyAsync("--cluster-cidr", "10.244.0.0/16");
        Assert.Equal("0 IPv4: nothing to do", await SummaryAsync());

        network.Put(Given.Service("web", "10.96.0.210"), network.EndpointOf(network.Two), network.EndpointOf(network.Far));
        network.Put(Given.Service("turns", "10.96.0.212"), network.EndpointOf(network.Two));
        await Eventually.TrueAsync(async () => (await network.Node.Namespace.RunAsync(["nft", "list", "table", "ip", "minik8s-proxy"])).Contains("10.96.0.212", StringComparison.Ordinal), "the new Service is in the table");
        Assert.Equal("0 IPv4: nothing to do", await SummaryAsync());

        await network.KillProxyAsync();
        network.Put(Given.Service("web", "10.96.0.210"), network.EndpointOf(network.One));
        var (code, output) = await network.DryRunAsync("--cluster-cidr", "10.244.0.0/16", "--node-name", Given.NodeName, "--proxy-mode", "nftables");

        Assert.Equal(1, code);
        Assert.Contains($"map endpoints\n- 10.96.0.210 . tcp . 80 : {network.Two.Address} . 8080\n- 10.96.0.210 . tcp . 80 : {network.Far.Address} . 8080\n+ 10.96.0.210 . tcp . 80 : {network.One.Address} . 8080\n", output, StringComparison.Ordinal);

        async Task<string> SummaryAsync()
        {
            var (code, output) = await network.DryRunAsync();
            return code == 0 ? $"{code} {output.Trim().Split('\n')[^1]}" : output;
        }
    }

    [Theory]
    [InlineData("nft")]
    [InlineData("legacy")]
    public async Task The_kernels_words_for_IPv6_are_understood_too(string variant)
    {
        var mode = ProxyMode.Iptables(variant);
        Assert.SkipWhen(mode.SkipReason is not null, mode.SkipReason ?? "");
        var tracker = new ChangeTracker(new TrackerOptions(IpFamily.V6, Given.NodeName, Balancing.RoundRobin));
        var service = Given.Service("web", "fd00:0::10", spec => Given.NodePort(spec, 30080) with { SessionAffinity = "ClientIP", ExternalTrafficPolicy = "Local", ExternalIPs = ["2001:db8::7"] });
        var slice = Given.Slice("web", Given.Local("fd00:1::1"), Given.Remote("fd00:2::1"), Given.Remote("fd00:2::2")) with { AddressType = "IPv6" };
        tracker.Apply(new CacheChange<Service>(ObjectKey.Of(service), null, service));
        tracker.Apply(new CacheChange<EndpointSlice>(ObjectKey.Of(slice), null, slice));
        var model = tracker.Take().Current;
        var settings = new IptablesSettings { Family = IpFamily.V6, PodCidr = IPNetwork.Parse("fd00:1::/56") };
        using var inside = await NetworkNamespace.CreateAsync("dry6");
        await inside.RunAsync([$"ip6tables-{variant}-restore", "--noflush"], new ScriptBuilder(settings).Full(model, KernelTables.Empty).ToString());

        var dryRun = new IptablesDryRun(settings, async token => Encoding.UTF8.GetBytes(await inside.RunAsync([$"ip6tables-{variant}-save"], cancellationToken: token)));

        Assert.Equal("\nIPv6: nothing to do\n", DifferenceText.Of(IpFamily.V6, await dryRun.CompareAsync(model, CancellationToken.None)));
    }

    /// <summary>Services of every kind, so that every kind of rule is compared.</summary>
    private static void PutHarbour(ProxyNetwork network)
    {
        foreach (var item in TestData.Objects("harbour"))
        {
            if (item is Service service) network.Api.Put(service);
            else if (item is EndpointSlice slice) network.Api.Put(slice);
        }
    }

    private static string WithoutCounts(string saved) => string.Join('\n', saved.Split('\n').Where(line => !line.StartsWith('#')).Select(line => line.Split('[')[0]));
}
