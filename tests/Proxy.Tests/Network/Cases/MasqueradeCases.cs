using MiniK8s.Api.Core.V1;
using MiniK8s.TestKit.Network;

namespace MiniK8s.Proxy.Tests.Network.Cases;

/// <summary>
/// Whom the server sees: the client, or the node. The table is kube-proxy's, for a Service with an endpoint here and one on
/// another node, whose turns show that both take part.
/// </summary>
public abstract class MasqueradeCases(ServiceLab lab) : FlowCases(lab)
{
    [Fact]
    public async Task By_default_only_pods_at_a_cluster_ip_are_seen_as_they_are()
    {
        await GiveAsync(Web(spec => spec), One, Far);

        await AllPlainAsync(Site.Cluster);
        await AllMaskedAsync(Site.Cluster, Node, Outside);
        foreach (var external in (string[])[NodePort, Site.Ingress, Site.External]) await AllMaskedAsync(external, Pod, FarPod, Node, Outside);
    }

    [Fact]
    public async Task With_external_policy_Local_pods_reach_all_strangers_only_what_is_here_and_both_are_seen()
    {
        await GiveAsync(Web(spec => spec with { ExternalTrafficPolicy = "Local" }), One, Far);

        await AllPlainAsync(Site.Cluster);
        await AllMaskedAsync(Site.Cluster, Node, Outside);
        foreach (var external in (string[])[NodePort, Site.Ingress, Site.External])
        {
            await AllPlainAsync(external);
            await AllMaskedAsync(external, Node);
            await ExpectBothAsync($"one {Net.Outside.Address}", $"one {Net.Outside.Address}", Outside, external);
        }
    }

    [Fact]
    public async Task With_internal_policy_Local_a_cluster_ip_leads_only_to_what_is_here()
    {
        await GiveAsync(Web(spec => spec with { InternalTrafficPolicy = "Local" }), One, Far);

        await ExpectBothAsync($"one {Net.Client.Address}", $"one {Net.Client.Address}", Pod, Site.Cluster);
        foreach (var from in (NetworkNamespace[])[Node, Outside]) await ExpectBothAsync(OneMasked, OneMasked, from, Site.Cluster);
        foreach (var external in (string[])[NodePort, Site.Ingress, Site.External]) await AllMaskedAsync(external, Pod, FarPod, Node, Outside);
    }

    [Fact]
    public async Task With_both_policies_Local_each_keeps_to_its_own_addresses()
    {
        await GiveAsync(Web(spec => spec with { InternalTrafficPolicy = "Local", ExternalTrafficPolicy = "Local" }), One, Far);

        await ExpectBothAsync($"one {Net.Client.Address}", $"one {Net.Client.Address}", Pod, Site.Cluster);
        await AllPlainAsync(NodePort);
        await ExpectBothAsync($"one {Net.Outside.Address}", $"one {Net.Outside.Address}", Outside, Site.Ingress);
    }

    /// <summary>With endpoints here only: among themselves, the other node's pods would answer past this node.</summary>
    [Fact]
    public async Task A_pod_of_another_node_is_a_pod_here_too()
    {
        var (one, two) = ($"one {Net.FarClient.Address}", $"two {Net.FarClient.Address}");
        await GiveAsync(Web(spec => spec with { ExternalTrafficPolicy = "Local", InternalTrafficPolicy = "Local" }), One, Two);

        foreach (var address in (string[])[Site.Cluster, NodePort, Site.Ingress, Site.External]) await ExpectBothAsync(two, one, FarPod, address);
    }

    [Fact]
    public async Task A_pod_that_reaches_itself_is_masqueraded_and_others_are_not()
    {
        await GiveAsync(Site.InTurn(Site.Service()), One, Two);

        // Or it would see its own address, and answer itself past the node.
        await ExpectBothAsync($"two {Net.One.Address}", OneMasked, Net.One.Namespace, Site.Cluster);
    }

    [Fact]
    public async Task A_pod_that_reaches_itself_by_external_policy_Local_is_masqueraded()
    {
        await GiveAsync(Site.Open(spec => spec with { ExternalTrafficPolicy = "Local" }), One);

        await ExpectAsync(OneMasked, Net.One.Namespace, NodePort);
        await ExpectAsync(OneMasked, Net.One.Namespace, Site.Ingress);
    }

    [Fact]
    public async Task The_mark_ends_on_the_node_and_others_marks_pass_untouched()
    {
        Assert.SkipWhen(Mode == ProxyMode.Ipvs, "IPVS: marks are looked at by nf_tables, which user-mode-linux has not for IP");
        await GiveAsync(Site.NodePortService(), One);
        await using var marks = await MarkProbe.PlaceAsync(Net.Node);

        await ExpectAsync($"one {Net.Client.Address}", Pod, Site.Cluster);
        var plain = await marks.ReadAsync();
        await ExpectAsync(OneMasked, Pod, NodePort);
        await ExpectAsync(OneMasked, Outside, NodePort);
        var masked = await marks.ReadAsync();

        Assert.True(plain.Others > 0 && masked.Others > plain.Others, $"the other mark was seen {plain.Others}, then {masked.Others} times");
        Assert.Equal((0, 0), (plain.Ours, masked.Ours));
    }

    private static Service Web(Site site, Func<ServiceSpec, ServiceSpec> change) => Site.InTurn(site.Open(change));

    private Service Web(Func<ServiceSpec, ServiceSpec> change) => Web(Site, change);

    private Task AllPlainAsync(string address) => ExpectBothAsync($"one {Net.Client.Address}", $"far {Net.Client.Address}", Pod, address);

    private async Task AllMaskedAsync(string address, params NetworkNamespace[] clients)
    {
        foreach (var from in clients) await ExpectBothAsync(OneMasked, FarMasked, from, address);
    }
}
