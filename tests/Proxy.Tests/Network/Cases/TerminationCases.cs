using MiniK8s.Api.Discovery.V1;
using MiniK8s.Proxy.Tests.Kit;

namespace MiniK8s.Proxy.Tests.Network.Cases;

/// <summary>Endpoints that are ready, that serve while they terminate, that do neither: who takes packets, and who stands in.</summary>
public abstract class TerminationCases(ServiceLab lab) : FlowCases(lab)
{
    [Fact]
    public async Task Who_terminates_gets_no_new_connection_while_another_is_ready()
    {
        await GiveAsync(Site.InTurn(Site.NodePortService()), Leaving(Net.One), Two);

        await ExpectBothAsync($"two {Net.Client.Address}", $"two {Net.Client.Address}", Pod, Site.Cluster);
        await ExpectBothAsync($"two {Net.Gateway}", $"two {Net.Gateway}", Outside, NodePort);
    }

    [Fact]
    public async Task Where_all_terminate_those_that_serve_stand_in()
    {
        await GiveAsync(Site.NodePortService(), Leaving(Net.One), Gone(Net.Two));

        for (var i = 0; i < 3; i++) await ExpectAsync($"one {Net.Client.Address}", Pod, Site.Cluster);
        await ExpectAsync(OneMasked, Outside, NodePort);
    }

    [Fact]
    public async Task Who_terminates_and_does_not_serve_is_never_used()
    {
        await GiveAsync(Site.NodePortService(), Gone(Net.One), Gone(Net.Far));

        await ExpectAsync(Dial.Refused, Pod, Site.Cluster);
        await ExpectAsync(Dial.Refused, Outside, NodePort);
    }

    [Fact]
    public async Task Who_is_not_ready_is_not_used()
    {
        await GiveAsync(Site.Service(), Given.Endpoint($"{Net.One.Address}", Given.NodeName, ready: false));

        await ExpectAsync(Dial.Refused, Pod, Site.Cluster);
    }

    [Fact]
    public async Task Endpoints_without_conditions_count_as_ready()
    {
        await GiveAsync(Site.Service(), One with { Conditions = null });

        await ExpectAsync($"one {Net.Client.Address}", Pod, Site.Cluster);
    }

    [Fact]
    public async Task Published_though_not_ready_is_ready_to_the_proxy_even_while_it_terminates()
    {
        // What the slice controller writes for publishNotReadyAddresses.
        await GiveAsync(Site.Service(spec => spec with { PublishNotReadyAddresses = true }), Given.Endpoint($"{Net.One.Address}", Given.NodeName, ready: true, serving: false, terminating: true));

        await ExpectAsync($"one {Net.Client.Address}", Pod, Site.Cluster);
    }

    [Fact]
    public async Task Policy_Local_prefers_a_terminating_endpoint_here_to_a_ready_one_elsewhere()
    {
        await GiveAsync(Site.Open(spec => spec with { ExternalTrafficPolicy = "Local", InternalTrafficPolicy = "Local" }), Leaving(Net.One), Far);

        for (var i = 0; i < 3; i++)
        {
            await ExpectAsync($"one {Net.Outside.Address}", Outside, NodePort);
            await ExpectAsync($"one {Net.Client.Address}", Pod, Site.Cluster);
        }
        // What is not bound to the node has a ready one.
        await ExpectAsync($"far {Net.Client.Address}", Pod, NodePort);
    }

    [Fact]
    public async Task Policy_Local_uses_only_the_ready_ones_here_while_there_are_some()
    {
        await GiveAsync(Site.InTurn(Site.NodePortService(spec => spec with { ExternalTrafficPolicy = "Local" })), Leaving(Net.One), Two);

        await ExpectBothAsync($"two {Net.Outside.Address}", $"two {Net.Outside.Address}", Outside, NodePort);
    }

    [Fact]
    public async Task Policy_Local_whose_last_endpoint_here_no_longer_serves_is_silent_to_strangers_only()
    {
        await GiveAsync(Site.NodePortService(spec => spec with { ExternalTrafficPolicy = "Local" }), Gone(Net.One), Far);

        await ExpectAsync(Dial.Silence, Outside, NodePort);
        await ExpectAsync($"far {Net.Client.Address}", Pod, Site.Cluster);
    }

    private Endpoint Leaving(Pod pod) => Net.EndpointOf(pod) with { Conditions = new EndpointConditions { Ready = false, Serving = true, Terminating = true } };

    private Endpoint Gone(Pod pod) => Net.EndpointOf(pod) with { Conditions = new EndpointConditions { Ready = false, Serving = false, Terminating = true } };
}
