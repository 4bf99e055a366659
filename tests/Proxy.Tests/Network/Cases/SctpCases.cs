using MiniK8s.Api.Core.V1;
using MiniK8s.Proxy.Tests.Kit;

namespace MiniK8s.Proxy.Tests.Network.Cases;

/// <summary>SCTP, whose packets the tests make themselves: the kernel that translates them need not speak it.</summary>
public abstract class SctpCases(ServiceLab lab) : FlowCases(lab)
{
    [Fact]
    public async Task Every_address_answers_over_sctp_and_the_server_sees_whom_it_should()
    {
        await GiveAsync(Signals(), One);

        await ExpectSctpAsync($"one {Net.Client.Address}", Pod, Site.Cluster);
        await ExpectSctpAsync($"one {Net.FarClient.Address}", FarPod, Site.Cluster);
        await ExpectSctpAsync(OneMasked, Node, Site.Cluster);
        foreach (var external in (string[])[NodePort, Site.Ingress, Site.External]) await ExpectSctpAsync(OneMasked, Outside, external);
        await ExpectAsync(Dial.Refused, Pod, Site.Cluster);
    }

    [Fact]
    public async Task External_policy_Local_holds_for_sctp()
    {
        await GiveAsync(Signals(spec => spec with { ExternalTrafficPolicy = "Local" }), Two, Far);

        await ExpectSctpAsync($"two {Net.Outside.Address}", Outside, NodePort);
        await ExpectSctpAsync($"two {Net.Outside.Address}", Outside, Site.Ingress);
    }

    [Fact]
    public async Task Without_endpoints_sctp_is_refused()
    {
        await GiveAsync(Signals());

        await ExpectSctpAsync(Dial.Refused, Pod, Site.Cluster);
        await ExpectSctpAsync(Dial.Refused, Outside, NodePort);
    }

    private Service Signals(Func<ServiceSpec, ServiceSpec>? change = null) =>
        Site.Open(spec => (change ?? (same => same))(spec with { Ports = [Given.Port("signals", 80, Site.NodePort, "SCTP")] }));
}
