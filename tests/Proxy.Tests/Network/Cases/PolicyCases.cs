using MiniK8s.Api.Core.V1;

namespace MiniK8s.Proxy.Tests.Network.Cases;

/// <summary>Traffic policies where this node has no endpoint, and what they leave alone.</summary>
public abstract class PolicyCases(ServiceLab lab) : FlowCases(lab)
{
    [Fact]
    public async Task External_policy_Local_without_an_endpoint_here_is_silent_to_strangers_and_serves_the_cluster()
    {
        await GiveAsync(Site.Open(spec => spec with { ExternalTrafficPolicy = "Local" }), Far);

        foreach (var external in (string[])[NodePort, Site.Ingress, Site.External])
        {
            // Silence, not refusal: a load balancer then tries another node.
            await ExpectAsync(Dial.Silence, Outside, external);
            await ExpectAsync($"far {Net.Client.Address}", Pod, external);
            await ExpectAsync(FarMasked, Node, external);
        }
        await ExpectAsync($"far {Net.Client.Address}", Pod, Site.Cluster);
        await ExpectAsync(FarMasked, Outside, Site.Cluster);
    }

    [Fact]
    public async Task Internal_policy_Local_without_an_endpoint_here_is_silent_and_external_addresses_serve_on()
    {
        await GiveAsync(Site.Open(spec => spec with { InternalTrafficPolicy = "Local" }), Far);

        await ExpectAsync(Dial.Silence, Pod, Site.Cluster);
        await ExpectAsync(Dial.Silence, FarPod, Site.Cluster);
        await ExpectAsync(Dial.Silence, Node, Site.Cluster);
        await ExpectAsync(Dial.Silence, Outside, Site.Cluster);
        await ExpectAsync(FarMasked, Outside, NodePort);
        await ExpectAsync(FarMasked, Pod, Site.Ingress);
    }

    [Fact]
    public async Task Both_policies_Local_without_an_endpoint_here_are_silent()
    {
        await GiveAsync(Both(Site), Far);

        await ExpectAsync(Dial.Silence, Pod, Site.Cluster);
        await ExpectAsync(Dial.Silence, Outside, NodePort);
    }

    [Fact]
    public async Task Policy_Local_without_any_endpoint_refuses_as_every_service_does()
    {
        await GiveAsync(Both(Site));

        await ExpectAsync(Dial.Refused, Pod, Site.Cluster);
        await ExpectAsync(Dial.Refused, Node, Site.Cluster);
        await ExpectAsync(Dial.Refused, Outside, NodePort);
        await ExpectAsync(Dial.Refused, Outside, Site.Ingress);
    }

    [Fact]
    public async Task A_policy_that_changes_counts_for_the_next_connection()
    {
        await GiveAsync(Site.InTurn(Site.NodePortService()), One, Far);
        await ExpectBothAsync(OneMasked, FarMasked, Outside, NodePort);

        await GiveAsync(Site.InTurn(Site.NodePortService(spec => spec with { ExternalTrafficPolicy = "Local" })), One, Far);
        await ExpectBothAsync($"one {Net.Outside.Address}", $"one {Net.Outside.Address}", Outside, NodePort);

        await GiveAsync(Site.InTurn(Site.NodePortService()), One, Far);
        await ExpectBothAsync(OneMasked, FarMasked, Outside, NodePort);
    }

    private static Service Both(Site site) => site.Open(spec => spec with { InternalTrafficPolicy = "Local", ExternalTrafficPolicy = "Local" });
}
