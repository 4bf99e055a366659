using MiniK8s.Proxy.Tests.Kit;

namespace MiniK8s.Proxy.Tests.Network;

/// <summary>One network and one running proxy for all cases of a mode; each case has a Service and addresses of its own.</summary>
public abstract class ServiceLab(ProxyMode mode) : IAsyncLifetime
{
    private const string Herald = "10.96.255.1";
    private const string Herald6 = "fd00:96::ff01";
    private int sites;
    private int heralds = 1000;

    internal ProxyMode Mode => mode;

    internal ProxyNetwork Net { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (mode.SkipReason is not null) return;
        Net = await ProxyNetwork.CreateAsync(mode);
        await Net.StartProxyAsync("--sync-period", "5s");
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (Net is not null) await Net.DisposeAsync();
    }

    internal Site NextSite() => new(Interlocked.Increment(ref sites));

    /// <summary>
    /// Waits until all that the API was given is in the kernel. Services and slices come in the order in which they were given, and
    /// rules are never ahead of it: so a Service that was given last, and answers, says that everything before it counts.
    /// </summary>
    internal async Task SettleAsync()
    {
        var port = ++heralds;
        Net.Put(Given.Service("herald", Herald, spec => spec with { ClusterIPs = [Herald, Herald6], IpFamilies = ["IPv4", "IPv6"], Ports = [Given.Port($"at-{port}", port)] }), Net.EndpointOf(Net.One));
        var endpoint = Net.EndpointOf(Net.One) with { Addresses = [Net.One.Address6] };
        Net.Api.Put(Given.SliceOf("herald", "6", [Given.SlicePort($"at-{port}", ProxyNetwork.ServerPort)], endpoint) with { AddressType = "IPv6" });
        // Each family is written by itself.
        await UntilHeardAsync($"{Herald}:{port}");
        await UntilHeardAsync($"[{Herald6}]:{port}");
    }

    private async Task UntilHeardAsync(string address)
    {
        // Nothing answers before the rules are there, so that a question must not wait long; nor may it always be too short.
        var patience = TimeSpan.FromMilliseconds(10);
        await ProxyNetwork.UntilAsync(
            () => Dial.TcpAsync(Net.Node.Namespace, address, patience = patience < Dial.Patience ? patience * 1.5 : Dial.Patience),
            answer => Net.HasEnded || answer.StartsWith("one ", StringComparison.Ordinal),
            $"the rules are up to date\n{Net.ProxyLog}");
        Net.MustRun();
    }
}
