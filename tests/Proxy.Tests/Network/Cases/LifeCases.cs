using System.Net.Sockets;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Proxy.Tests.Kit;

namespace MiniK8s.Proxy.Tests.Network.Cases;

/// <summary>What becomes of the rules when the proxy, the API server or somebody else comes, goes or interferes. Each case has a network of its own.</summary>
public abstract class LifeCases(ProxyMode mode) : IAsyncLifetime
{
    private const string Cluster = "10.96.0.10:80";
    private ProxyNetwork net = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(mode.SkipReason is not null, mode.SkipReason ?? "");
        net = await ProxyNetwork.CreateAsync(mode);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (net is not null) await net.DisposeAsync();
    }

    [Fact]
    public async Task A_killed_proxy_leaves_the_service_working_and_its_successor_takes_over_without_a_gap()
    {
        net.Put(Web(), net.EndpointOf(net.One));
        net.Put(Given.Service("old", "10.96.0.77"), net.EndpointOf(net.Two));
        await net.StartProxyAsync();
        using var line = await Dial.Line.OpenAsync(net.Outside.Namespace, $"{net.Node.Address}:30080");
        var first = await line.AskAsync();

        await net.KillProxyAsync();
        await AnswersAsync("one");
        Assert.Equal(first, await line.AskAsync());
        net.Api.Delete<Service>("old");
        net.Api.Delete<EndpointSlice>("old-1");
        await using (var watch = GapWatch.Start(net, Cluster, $"{net.Node.Address}:30080"))
        {
            await net.StartProxyAsync();
            await ProxyNetwork.UntilAsync(
                () => Dial.TcpAsync(net.Client.Namespace, "10.96.0.77:80", Dial.Moment),
                answer => !answer.StartsWith("two", StringComparison.Ordinal),
                "what was deleted meanwhile does not answer any more");
            Assert.Equal("", await watch.StopAsync());
        }

        Assert.Equal(first, await line.AskAsync());
    }

    [Fact]
    public async Task Rules_that_somebody_damaged_are_put_back()
    {
        net.Put(Web(), net.EndpointOf(net.One));
        await net.StartProxyAsync("--sync-period", "1s");

        foreach (var damage in mode.Damages)
        {
            await net.Node.Namespace.RunAsync(damage);
            await AnswersAsync("one");
        }

        Assert.Contains("changed by somebody else", net.ProxyLog, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_sends_over_udp_while_rules_are_away_is_served_when_they_are_back()
    {
        net.Put(Web(spec => spec with { Ports = [Given.Port("dns", 80, 30080, "UDP")] }), net.EndpointOf(net.One));
        await net.StartProxyAsync("--sync-period", "2s");
        await net.Node.Namespace.RunAsync(mode.Damages[0]);
        using var client = net.Outside.Namespace.CreateSocket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

        // Each attempt keeps the kernel's memory of the first, which led nowhere, alive.
        await ProxyNetwork.UntilAsync(() => Dial.UdpAsync(client, $"{net.Node.Address}:30080", Dial.Moment), answer => answer == $"one {net.Gateway}", "the same socket is answered");
    }

    [Fact]
    public async Task Rules_serve_on_without_the_api_and_what_changed_meanwhile_counts_when_it_is_back()
    {
        net.Put(Web(), net.EndpointOf(net.One));
        await net.StartProxyAsync();

        await net.Api.GoAwayAsync();
        net.Put(Web(), net.EndpointOf(net.Two));
        for (var i = 0; i < 20; i++) Assert.StartsWith("one ", await Dial.TcpAsync(net.Client.Namespace, Cluster), StringComparison.Ordinal);
        await net.Api.ComeBackAsync();

        await AnswersAsync("two");
    }

    [Fact]
    public async Task Others_rules_stay_as_they_are_and_cleanup_leaves_nothing_of_ours()
    {
        await using var others = await OthersRules.PlaceAsync(net);
        var before = await others.ReadAsync();
        net.Put(Web(spec => spec with { SessionAffinity = "ClientIP" }), net.EndpointOf(net.One), net.EndpointOf(net.Far));
        await net.StartProxyAsync();
        Assert.Equal(before, await others.ReadAsync());
        Assert.NotEqual("", await net.SaveAsync());

        await net.KillProxyAsync();
        await net.CleanUpAsync();

        Assert.Equal(before, await others.ReadAsync());
        Assert.Equal("", await others.ReadForeignAsync());
    }

    /// <summary>
    /// Docker lets through what stays on one bridge and what leaves it, and what is established; all else it drops. The way to a
    /// pod on the same bridge is Docker's own rule; what strangers send is ours to let through, marked or not.
    /// </summary>
    [Fact]
    public async Task Services_work_beside_a_forward_chain_that_drops_as_docker_makes_it()
    {
        await using var others = await OthersRules.PlaceAsync(net);
        net.Put(Web(), net.EndpointOf(net.One));
        await net.StartProxyAsync();

        await AnswersAsync("one");
        await ProxyNetwork.UntilAsync(() => Dial.TcpAsync(net.Outside.Namespace, $"{net.Node.Address}:30080", Dial.Moment), answer => answer == $"one {net.Gateway}", "strangers get through");
        Assert.StartsWith("one ", await Dial.TcpAsync(net.One.Namespace, Cluster), StringComparison.Ordinal);

        net.Put(Web(spec => spec with { ExternalTrafficPolicy = "Local" }), net.EndpointOf(net.One));
        await ProxyNetwork.UntilAsync(() => Dial.TcpAsync(net.Outside.Namespace, $"{net.Node.Address}:30080", Dial.Moment), answer => answer == $"one {net.Outside.Address}", "policy Local keeps the stranger's address");
    }

    /// <summary>One start each for options that go well together.</summary>
    [Fact]
    public async Task Options_change_who_is_masqueraded_where_node_ports_answer_and_how_turns_are_taken()
    {
        net.Put(Web(), net.EndpointOf(net.One), net.EndpointOf(net.Far));
        await net.StartProxyAsync("--masquerade-all", "true", "--nodeport-addresses", "primary", "--balancing", "round-robin");
        for (var i = 0; i < 3; i++) Assert.Equal([$"far {net.Node.Address}", $"one {net.Gateway}"], await AskTwiceAsync(net.Client.Namespace, Cluster));
        Assert.Equal(Dial.Refused, await Dial.TcpAsync(net.Outside.Namespace, $"{ProxyNetwork.SecondAddress}:30080"));
        Assert.StartsWith("one ", (await AskTwiceAsync(net.Outside.Namespace, $"{net.Node.Address}:30080"))[1], StringComparison.Ordinal);

        await net.KillProxyAsync();
        // Nobody is known to be a pod: nobody is masqueraded at a cluster IP, and a pod counts as a stranger.
        net.Put(Web(spec => spec with { ExternalTrafficPolicy = "Local" }), net.EndpointOf(net.One), net.EndpointOf(net.Far));
        await net.StartProxyAsync("--cluster-cidr", "", "--nodeport-addresses", $"{ProxyNetwork.SecondAddress}/32", "--balancing", "round-robin");
        Assert.Equal([$"far {net.Client.Address}", $"one {net.Client.Address}"], await AskTwiceAsync(net.Client.Namespace, Cluster));
        Assert.Contains($"one {net.Outside.Address}", await AskTwiceAsync(net.Outside.Namespace, Cluster));
        Assert.Equal([$"one {net.Client.Address}", $"one {net.Client.Address}"], await AskTwiceAsync(net.Client.Namespace, $"{ProxyNetwork.SecondAddress}:30080"));
        Assert.Equal(Dial.Refused, await Dial.TcpAsync(net.Outside.Namespace, $"{net.Node.Address}:30080"));
    }

    private static Service Web(Func<ServiceSpec, ServiceSpec>? change = null) =>
        Given.Service("web", "10.96.0.10", spec => (change ?? (same => same))(Given.NodePort(spec, 30080)));

    private Task AnswersAsync(string name) =>
        ProxyNetwork.UntilAsync(() => Dial.TcpAsync(net.Client.Namespace, Cluster, Dial.Moment), answer => answer.StartsWith($"{name} ", StringComparison.Ordinal), $"{name} answers\n{net.ProxyLog}");

    private static async Task<string[]> AskTwiceAsync(TestKit.Network.NetworkNamespace from, string destination)
    {
        string[] answers = [await Dial.TcpAsync(from, destination), await Dial.TcpAsync(from, destination)];
        return [.. answers.Order(StringComparer.Ordinal)];
    }
}
