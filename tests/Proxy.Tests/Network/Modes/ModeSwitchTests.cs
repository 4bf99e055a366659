using MiniK8s.Proxy.Tests.Kit;

namespace MiniK8s.Proxy.Tests.Network.Modes;

/// <summary>A node whose proxy changes its mode.</summary>
public sealed class ModeSwitchTests : IAsyncLifetime
{
    private const string Cluster = "10.96.0.10:80";
    private ProxyNetwork net = null!;

    public async ValueTask InitializeAsync()
    {
        var reason = ProxyMode.Nftables.SkipReason ?? ProxyMode.IptablesNft.SkipReason ?? ProxyMode.IptablesLegacy.SkipReason;
        Assert.SkipWhen(reason is not null, reason ?? "");
        net = await ProxyNetwork.CreateAsync(ProxyMode.IptablesNft);
    }

    public async ValueTask DisposeAsync()
    {
        if (net is not null) await net.DisposeAsync();
    }

    [Fact]
    public async Task The_new_mode_takes_over_without_a_gap_and_removes_what_the_old_one_left()
    {
        net.Put(Given.Service("web", "10.96.0.10", spec => Given.NodePort(spec, 30080)), net.EndpointOf(net.One));
        await net.StartProxyAsync();
        using var line = await Dial.Line.OpenAsync(net.Outside.Namespace, $"{net.Node.Address}:30080");
        var first = await line.AskAsync();
        await using var watch = GapWatch.Start(net, Cluster, $"{net.Node.Address}:30080");

        foreach (var mode in (ProxyMode[])[ProxyMode.Nftables, ProxyMode.IptablesLegacy, ProxyMode.IptablesNft, ProxyMode.Nftables])
        {
            await net.KillProxyAsync();
            await net.StartProxyAsync(mode.Options);
            await ProxyNetwork.UntilAsync(() => LeftAsync(mode), left => left.Length == 0, $"only {mode} has rules");
            Assert.Equal(first, await line.AskAsync());
        }

        Assert.Equal("", await watch.StopAsync());
    }

    /// <summary>Which other modes have rules.</summary>
    private async Task<string> LeftAsync(ProxyMode inUse)
    {
        var left = new List<string>();
        foreach (var mode in (ProxyMode[])[ProxyMode.Nftables, ProxyMode.IptablesLegacy, ProxyMode.IptablesNft])
        {
            if (mode == inUse) continue;
            foreach (var command in mode.Show)
            {
                var shown = await net.Node.Namespace.TryAsync(command);
                if (shown.Output.Contains("KUBE-", StringComparison.Ordinal) || shown.Output.Contains("minik8s", StringComparison.Ordinal)) left.Add(mode.Name);
            }
        }
        return string.Join(", ", left);
    }
}
