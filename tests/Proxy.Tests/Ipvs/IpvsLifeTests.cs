using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Proxy.Ipvs;
using MiniK8s.Proxy.Tests.Kit;
using MiniK8s.Proxy.Tests.Network;
using MiniK8s.TestKit.Network;

namespace MiniK8s.Proxy.Tests.Ipvs;

/// <summary>A proxy in the IPVS mode that starts, is killed, is damaged and cleans up. <see cref="UserModeTests"/> runs it where this machine's kernel has no IPVS.</summary>
public sealed class IpvsLifeTests : IAsyncLifetime
{
    private const string Cluster = "10.96.0.10:80";
    private ProxyNetwork net = null!;

    private NetworkNamespace Pod => net.Client.Namespace;

    private NetworkNamespace Node => net.Node.Namespace;

    private string NodePort => $"{net.Node.Address}:30080";

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(ProxyMode.Ipvs.SkipReason is null, ProxyMode.Ipvs.SkipReason ?? "");
        net = await ProxyNetwork.CreateAsync(ProxyMode.Ipvs);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (net is not null) await net.DisposeAsync();
    }

    [Fact]
    public async Task A_killed_proxy_leaves_the_service_working_its_successor_cuts_no_connection_and_cleanup_leaves_nothing()
    {
        net.Put(Web(), net.EndpointOf(net.One));
        net.Put(Given.Service("old", "10.96.0.77"), net.EndpointOf(net.Two));
        await net.StartProxyAsync();
        using var line = await Dial.Line.OpenAsync(net.Outside.Namespace, NodePort);
        var first = await line.AskAsync();

        await net.KillProxyAsync();
        net.Api.Delete<Service>("old");
        net.Api.Delete<EndpointSlice>("old-1");
        Assert.Equal(first, await line.AskAsync());
        await net.StartProxyAsync();

        Assert.Equal(first, await line.AskAsync());
        Assert.DoesNotContain("10.96.0.77", await ServersAsync(), StringComparison.Ordinal);
        await net.KillProxyAsync();
        await net.CleanUpAsync();
        Assert.DoesNotContain("KUBE-", await net.SaveAsync() + await Node.RunAsync(["ipset", "list", "-n"]), StringComparison.Ordinal);
        Assert.Equal("", (await ServersAsync()).Trim());
        Assert.DoesNotContain(IpvsDevice.Name, await Node.RunAsync(["ip", "link"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_somebody_removed_is_put_back()
    {
        net.Put(Web(), net.EndpointOf(net.One));
        await net.StartProxyAsync("--sync-period", "1s");

        // Both are found out by the quick look that every period has, not only by the comparison of everything.
        foreach (var damage in (string[][])[["ip", "link", "del", IpvsDevice.Name], ["iptables-legacy", "-t", "nat", "-F"]])
        {
            await Node.RunAsync(damage);
            await ProxyNetwork.UntilAsync(() => Dial.TcpAsync(Node, Cluster), answer => answer == $"one {net.Gateway}", $"it works again after {string.Join(' ', damage)}");
        }
        Assert.Contains("changed by somebody else", net.ProxyLog, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_sync_a_dry_run_has_nothing_to_do_and_a_change_is_shown_but_not_made()
    {
        net.Put(Web(), net.EndpointOf(net.One));
        await net.StartProxyAsync("--cluster-cidr", "10.244.0.0/16");
        var (code, output) = await net.DryRunAsync();
        Assert.Equal("0 IPv4: nothing to do", $"{code} {output.Trim().Split('\n')[^1]}{(code == 0 ? "" : output)}");

        await net.KillProxyAsync();
        net.Put(Web(), net.EndpointOf(net.Two));
        var before = await ServersAsync();
        (code, output) = await net.DryRunAsync("--cluster-cidr", "10.244.0.0/16", "--node-name", Given.NodeName, "--proxy-mode", "ipvs");

        Assert.Equal((1, ""), (code, code == 1 ? "" : output));
        Assert.Contains($"+ -a -t {Cluster} -r {net.Two.Address}:8080 -m -w 1\n", output, StringComparison.Ordinal);
        Assert.Equal(before, await ServersAsync());
    }

    [Fact]
    public async Task Iptables_and_IPVS_take_over_from_each_other_and_leave_nothing_of_the_other()
    {
        net.Put(Web(), net.EndpointOf(net.One));
        await net.StartProxyAsync(ProxyMode.IptablesLegacy.Options);
        using var line = await Dial.Line.OpenAsync(net.Outside.Namespace, NodePort);
        var first = await line.AskAsync();

        await net.KillProxyAsync();
        await net.StartProxyAsync();
        Assert.StartsWith("one ", await Dial.TcpAsync(Pod, Cluster), StringComparison.Ordinal);
        Assert.Equal(first, await line.AskAsync());
        Assert.DoesNotContain("KUBE-SVC", await net.SaveAsync(), StringComparison.Ordinal);

        await net.KillProxyAsync();
        await net.StartProxyAsync(ProxyMode.IptablesLegacy.Options);
        await ProxyNetwork.UntilAsync(
            async () => await Node.RunAsync(["ip", "link"]) + await Node.RunAsync(["ipset", "list", "-n"]) + await ServersAsync(),
            left => !left.Contains(IpvsDevice.Name, StringComparison.Ordinal) && !left.Contains("KUBE-", StringComparison.Ordinal) && !left.Contains("-A ", StringComparison.Ordinal),
            "nothing of IPVS is left");
        Assert.DoesNotContain("KUBE-IPVS", await net.SaveAsync(), StringComparison.Ordinal);
        Assert.StartsWith("one ", await Dial.TcpAsync(Pod, Cluster), StringComparison.Ordinal);
        Assert.Equal(first, await line.AskAsync());
    }

    [Fact]
    public async Task Every_scheduler_of_the_kernel_serves()
    {
        net.Put(Web(), net.EndpointOf(net.One));
        // All that the option takes are the kernel's; a few of them are tried with packets.
        foreach (var scheduler in IpvsSchedulers.Known)
        {
            await Node.RunAsync(["ipvsadm", "-A", "-f", "1", "-s", scheduler]);
            await Node.RunAsync(["ipvsadm", "-D", "-f", "1"]);
        }
        foreach (var scheduler in (string[])["wlc", "sh", "mh"])
        {
            await net.StartProxyAsync("--ipvs-scheduler", scheduler);
            Assert.Contains($"-A -t {Cluster} -s {scheduler}", await ServersAsync(), StringComparison.Ordinal);
            Assert.StartsWith("one ", await Dial.TcpAsync(Pod, Cluster), StringComparison.Ordinal);
            await net.KillProxyAsync();
        }
    }

    private Task<string> ServersAsync() => Node.RunAsync(["ipvsadm", "-S", "-n"]);

    private static Service Web() => Given.Service("web", "10.96.0.10", spec => Given.NodePort(spec, 30080));
}
