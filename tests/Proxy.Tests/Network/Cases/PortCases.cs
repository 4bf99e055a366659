using MiniK8s.Proxy.Tests.Kit;

namespace MiniK8s.Proxy.Tests.Network.Cases;

/// <summary>Services of several ports, and slices that belong together.</summary>
public abstract class PortCases(ServiceLab lab) : FlowCases(lab)
{
    [Fact]
    public async Task Each_port_leads_to_its_own_port_of_the_pods()
    {
        var service = Site.NodePortService(spec => spec with { Ports = [Given.Port("http", 80, Site.NodePort), Given.Port("admin", 90, Site.OtherNodePort)] });
        Put(service, [Given.SlicePort("http", ProxyNetwork.ServerPort), Given.SlicePort("admin", ProxyNetwork.OtherPort)], One);
        await SettleAsync();

        await ExpectAsync($"one {Net.Client.Address}", Pod, Site.Cluster);
        await ExpectAsync($"one-8081 {Net.Client.Address}", Pod, $"{Site.ClusterIP}:90");
        await ExpectAsync(OneMasked, Outside, NodePort);
        await ExpectAsync($"one-8081 {Net.Gateway}", Outside, $"{Net.Node.Address}:{Site.OtherNodePort}");
    }

    [Fact]
    public async Task One_number_serves_three_protocols_each_by_its_own_port_of_the_pods()
    {
        var service = Site.NodePortService(spec => spec with
        {
            Ports = [Given.Port("t", 80, Site.NodePort), Given.Port("u", 80, Site.NodePort, "UDP"), Given.Port("s", 80, Site.NodePort, "SCTP")],
        });
        Put(service, [Given.SlicePort("t", ProxyNetwork.ServerPort), Given.SlicePort("u", ProxyNetwork.OtherPort, "UDP"), Given.SlicePort("s", SctpServer.Port, "SCTP")], Two);
        await SettleAsync();

        await ExpectAsync($"two {Net.Client.Address}", Pod, Site.Cluster);
        await ExpectUdpAsync($"two-8081 {Net.Client.Address}", Pod, Site.Cluster);
        await ExpectSctpAsync($"two {Net.Client.Address}", Pod, Site.Cluster);
        await ExpectAsync($"two {Net.Gateway}", Outside, NodePort);
        await ExpectUdpAsync($"two-8081 {Net.Gateway}", Outside, NodePort);
        await ExpectSctpAsync($"two {Net.Gateway}", Outside, NodePort);
    }

    [Fact]
    public async Task A_port_without_endpoints_refuses_beside_one_that_serves()
    {
        var service = Site.Service(spec => spec with { Ports = [Given.Port("http", 80), Given.Port("admin", 90)] });
        Put(service, [Given.SlicePort("http", ProxyNetwork.ServerPort)], One);
        await SettleAsync();

        await ExpectAsync($"one {Net.Client.Address}", Pod, Site.Cluster);
        await ExpectAsync(Dial.Refused, Pod, $"{Site.ClusterIP}:90");
    }

    [Fact]
    public async Task The_endpoints_of_several_slices_serve_together_each_by_its_own_port()
    {
        Put(Site.InTurn(Site.Service()), One);
        Net.Api.Put(Given.SliceOf(Site.Name, "6", [Given.SlicePort("http", ProxyNetwork.OtherPort)], Two));
        await SettleAsync();

        await ExpectBothAsync($"two-8081 {Net.Client.Address}", $"one {Net.Client.Address}", Pod, Site.Cluster);
    }

    [Fact]
    public async Task Ports_that_change_on_either_side_count_for_the_next_connection()
    {
        await GiveAsync(Site.Service(), One);
        await ExpectAsync($"one {Net.Client.Address}", Pod, Site.Cluster);

        Put(Site.Service(), [Given.SlicePort("http", ProxyNetwork.OtherPort)], One);
        await SettleAsync();
        await ExpectAsync($"one-8081 {Net.Client.Address}", Pod, Site.Cluster);

        await GiveAsync(Site.Service(spec => spec with { Ports = [Given.Port("http", 88)] }), One);
        await ExpectAsync($"one {Net.Client.Address}", Pod, $"{Site.ClusterIP}:88");
        await ExpectAsync(Dial.Refused, Pod, Site.Cluster);
    }
}
