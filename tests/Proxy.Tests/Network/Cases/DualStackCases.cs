using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Proxy.Tests.Kit;

namespace MiniK8s.Proxy.Tests.Network.Cases;

/// <summary>Both families, each on its own.</summary>
public abstract class DualStackCases(ServiceLab lab) : FlowCases(lab)
{
    private static readonly string Gateway6 = "fd00:10:244:1::1";

    private string Cluster6 => $"[{Site.ClusterIP6}]:80";

    private string NodePort6 => $"[{ProxyNetwork.NodeAddress6}]:{Site.NodePort}";

    [Fact]
    public async Task Each_family_leads_to_the_endpoints_of_its_own()
    {
        Put(Both(), One);
        Put6(Net.Two);
        await SettleAsync();

        await ExpectAsync($"one {Net.Client.Address}", Pod, Site.Cluster);
        await ExpectAsync($"two {Net.Client.Address6}", Pod, Cluster6);
        await ExpectAsync($"two {Net.FarClient.Address6}", FarPod, Cluster6);
        await ExpectAsync($"two {Gateway6}", Node, Cluster6);
        await ExpectAsync($"two {Gateway6}", Outside, NodePort6);
        await ExpectAsync($"two {Gateway6}", Pod, NodePort6);
        await ExpectAsync(OneMasked, Outside, NodePort);
        await ExpectUdpAsync(Dial.Refused, Pod, Cluster6);
    }

    [Fact]
    public async Task A_family_without_endpoints_refuses_while_the_other_serves()
    {
        await GiveAsync(Both(), One);

        await ExpectAsync($"one {Net.Client.Address}", Pod, Site.Cluster);
        await ExpectAsync(Dial.Refused, Pod, Cluster6);
        await ExpectAsync(Dial.Refused, Outside, NodePort6);
        await ExpectAsync(OneMasked, Outside, NodePort);
    }

    [Fact]
    public async Task Policy_Local_holds_in_each_family()
    {
        Put(Both(spec => spec with { ExternalTrafficPolicy = "Local" }), One);
        Put6(Net.Far);
        await SettleAsync();

        await ExpectAsync($"one {Net.Outside.Address}", Outside, NodePort);
        await ExpectAsync(Dial.Silence, Outside, NodePort6);
        await ExpectAsync($"far {Net.Client.Address6}", Pod, NodePort6);

        Put6(Net.Two);
        await SettleAsync();
        await ExpectAsync("two fd00:77::3", Outside, NodePort6);
    }

    [Fact]
    public async Task A_pod_that_reaches_itself_is_masqueraded_in_ipv6_too()
    {
        Put(Both());
        Put6(Net.One);
        await SettleAsync();

        await ExpectAsync($"one {Gateway6}", Net.One.Namespace, Cluster6);
    }

    [Fact]
    public async Task Udp_and_affinity_work_in_ipv6()
    {
        Put(Both(spec => spec with { SessionAffinity = "ClientIP", SessionAffinityConfig = new SessionAffinityConfig { ClientIP = new ClientIPConfig { TimeoutSeconds = 10800 } }, Ports = [Given.Port("dns", 80, Site.NodePort, "UDP")] }), One);
        Put6("UDP", Net.One, Net.Two);
        await SettleAsync();

        var answers = new HashSet<string>();
        for (var i = 0; i < 12; i++) answers.Add(await Dial.UdpAsync(Pod, Cluster6));

        Assert.EndsWith($" {Net.Client.Address6}", Assert.Single(answers), StringComparison.Ordinal);
    }

    private Service Both(Func<ServiceSpec, ServiceSpec>? change = null) =>
        Site.NodePortService(spec => (change ?? (same => same))(spec with { ClusterIPs = [Site.ClusterIP, Site.ClusterIP6], IpFamilyPolicy = "RequireDualStack", IpFamilies = ["IPv4", "IPv6"] }));

    private void Put6(params Pod[] pods) => Put6("TCP", pods);

    private void Put6(string protocol, params Pod[] pods)
    {
        Endpoint[] endpoints = [.. pods.Select(pod => Net.EndpointOf(pod) with { Addresses = [pod.Address6] })];
        var port = Given.SlicePort(protocol == "UDP" ? "dns" : "http", ProxyNetwork.ServerPort, protocol);
        Net.Api.Put(Given.SliceOf(Site.Name, "6", [port], endpoints) with { AddressType = "IPv6" });
    }
}
