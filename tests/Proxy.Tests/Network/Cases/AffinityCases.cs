using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Proxy.Tests.Kit;
using MiniK8s.TestKit;

namespace MiniK8s.Proxy.Tests.Network.Cases;

/// <summary>Session affinity: a client stays with its endpoint, for its time. Sixteen clients, so that chance cannot look like it.</summary>
public abstract class AffinityCases(ServiceLab lab) : FlowCases(lab)
{
    [Fact]
    public async Task Each_client_stays_with_its_endpoint_and_not_all_with_the_same()
    {
        await GiveAsync(Sticky(10800), AllThree);

        var first = await AskAllAsync(Site.Cluster);

        Assert.Equal(first, await AskAllAsync(Site.Cluster));
        Assert.Equal(first, await AskAllAsync(Site.Cluster));
        Assert.True(first.Distinct().Count() > 1, $"all at {first[0]}");
    }

    [Fact]
    public async Task A_client_finds_the_same_endpoint_by_node_port_and_cluster_ip()
    {
        await GiveAsync(Sticky(10800), AllThree);

        var byCluster = await AskAllAsync(Site.Cluster);

        Assert.Equal(byCluster, await AskAllAsync(NodePort));
        Assert.Equal(byCluster, await AskAllAsync(Site.Ingress));
    }

    [Fact]
    public async Task After_its_time_without_a_connection_a_client_is_given_anew()
    {
        Assert.SkipWhen(Mode == ProxyMode.Ipvs, "IPVS: a client's time does not end before its closed connections are forgotten, two minutes after");
        var limit = TimeSpan.FromSeconds(2);
        await GiveAsync(Sticky((int)limit.TotalSeconds), AllThree);
        var first = await AskAllAsync(Site.Cluster);

        // A question within the time begins it anew, so that nothing may be asked while it passes.
        var asked = TimeProvider.System.GetTimestamp();
        await Eventually.TrueAsync(() => TimeProvider.System.GetElapsedTime(asked) > limit + TimeSpan.FromSeconds(1), "the time of all has passed");

        Assert.NotEqual(first, await AskAllAsync(Site.Cluster));
    }

    [Fact]
    public async Task A_client_whose_endpoint_is_gone_is_given_another_and_the_others_stay()
    {
        await GiveAsync(Sticky(10800), AllThree);
        var first = await AskAllAsync(Site.Cluster);

        await GiveAsync(Sticky(10800), Two, Far);

        var second = await AskAllAsync(Site.Cluster);
        Assert.DoesNotContain("one", second);
        foreach (var (before, after) in first.Zip(second).Where(pair => pair.First != "one")) Assert.Equal(before, after);
        // And stays with the new one.
        Assert.Equal(second, await AskAllAsync(Site.Cluster));
    }

    [Fact]
    public async Task Without_affinity_again_a_client_is_served_by_all()
    {
        await GiveAsync(Sticky(10800), One, Two);
        Assert.Single(await CountAsync(Pod, Site.Cluster, 6));

        await GiveAsync(Site.InTurn(Site.Service()), One, Two);

        await ExpectBothAsync($"two {Net.Client.Address}", $"one {Net.Client.Address}", Pod, Site.Cluster);
    }

    [Fact]
    public async Task Udp_has_affinity_too()
    {
        await GiveAsync(Site.Service(spec => Timed(spec, 10800) with { Ports = [Given.Port("dns", 80, null, "UDP")] }), AllThree);

        var answers = new HashSet<string>();
        for (var i = 0; i < 12; i++) answers.Add(await Dial.UdpAsync(Pod, Site.Cluster));

        Assert.Single(answers);
    }

    private static ServiceSpec Timed(ServiceSpec spec, int seconds) =>
        spec with { SessionAffinity = "ClientIP", SessionAffinityConfig = new SessionAffinityConfig { ClientIP = new ClientIPConfig { TimeoutSeconds = seconds } } };

    private Endpoint[] AllThree => [One, Two, Far];

    private Service Sticky(int seconds) => Site.Open(spec => Timed(spec, seconds));

    /// <summary>Which endpoint answers each of the client pod's addresses.</summary>
    private async Task<string[]> AskAllAsync(string destination)
    {
        var answers = new List<string>();
        foreach (var source in Net.ClientAddresses) answers.Add((await Dial.TcpAsync(Pod, destination, source: source)).Split(' ')[0]);
        return [.. answers];
    }
}
