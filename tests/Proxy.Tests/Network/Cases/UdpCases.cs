using System.Net.Sockets;
using MiniK8s.Api.Core.V1;
using MiniK8s.Proxy.Tests.Kit;

namespace MiniK8s.Proxy.Tests.Network.Cases;

/// <summary>UDP, whose clients keep their port: conntrack must forget what no longer holds, and only that.</summary>
public abstract class UdpCases(ServiceLab lab) : FlowCases(lab)
{
    [Fact]
    public async Task Every_address_answers_over_udp_and_the_server_sees_whom_it_should()
    {
        await GiveAsync(Names(), One);

        await ExpectUdpAsync($"one {Net.Client.Address}", Pod, Site.Cluster);
        await ExpectUdpAsync($"one {Net.FarClient.Address}", FarPod, Site.Cluster);
        await ExpectUdpAsync(OneMasked, Node, Site.Cluster);
        foreach (var external in (string[])[NodePort, Site.Ingress, Site.External]) await ExpectUdpAsync(OneMasked, Outside, external);
        // The port is UDP's alone.
        await ExpectAsync(Dial.Refused, Pod, Site.Cluster);
    }

    [Fact]
    public async Task Clients_with_a_fixed_port_follow_when_their_endpoint_goes()
    {
        await GiveAsync(Names(), One);
        using var pod = Socket(Net.Client.Namespace);
        using var stranger = Socket(Outside);
        using var byBalancer = Socket(Outside);
        Assert.Equal($"one {Net.Client.Address}", await Dial.UdpAsync(pod, Site.Cluster));
        Assert.Equal(OneMasked, await Dial.UdpAsync(stranger, NodePort));
        Assert.Equal(OneMasked, await Dial.UdpAsync(byBalancer, Site.Ingress));

        await GiveAsync(Names(), Two);

        await FollowsAsync(pod, Site.Cluster, $"two {Net.Client.Address}");
        await FollowsAsync(stranger, NodePort, $"two {Net.Gateway}");
        await FollowsAsync(byBalancer, Site.Ingress, $"two {Net.Gateway}");
    }

    [Fact]
    public async Task Clients_that_came_before_the_first_endpoint_reach_it_with_their_old_port()
    {
        await GiveAsync(Names(spec => spec with { ExternalTrafficPolicy = "Local", InternalTrafficPolicy = "Local" }), Far);
        using var pod = Socket(Net.Client.Namespace);
        using var stranger = Socket(Outside);
        Assert.Equal(Dial.Silence, await Dial.UdpAsync(pod, Site.Cluster, Dial.Moment));
        Assert.Equal(Dial.Silence, await Dial.UdpAsync(stranger, NodePort, Dial.Moment));

        await GiveAsync(Names(spec => spec with { ExternalTrafficPolicy = "Local", InternalTrafficPolicy = "Local" }), One);

        await FollowsAsync(pod, Site.Cluster, $"one {Net.Client.Address}");
        await FollowsAsync(stranger, NodePort, $"one {Net.Outside.Address}");
    }

    [Fact]
    public async Task A_client_that_asked_before_the_service_was_there_reaches_it_with_its_old_port()
    {
        using var pod = Socket(Net.Client.Namespace);
        _ = await Dial.UdpAsync(pod, Site.Cluster, Dial.Moment);

        await GiveAsync(Names(), One);

        await FollowsAsync(pod, Site.Cluster, $"one {Net.Client.Address}");
    }

    [Fact]
    public async Task A_client_stays_with_its_endpoint_while_others_come_and_go()
    {
        await GiveAsync(Names(), One);
        using var pod = Socket(Net.Client.Namespace);
        Assert.Equal($"one {Net.Client.Address}", await Dial.UdpAsync(pod, Site.Cluster));

        await GiveAsync(Names(), One, Two, Far);
        for (var i = 0; i < 5; i++) Assert.Equal($"one {Net.Client.Address}", await Dial.UdpAsync(pod, Site.Cluster));
        await GiveAsync(Names(), One, Far);

        for (var i = 0; i < 5; i++) Assert.Equal($"one {Net.Client.Address}", await Dial.UdpAsync(pod, Site.Cluster));
    }

    [Fact]
    public async Task A_client_stays_with_an_endpoint_that_terminates_but_still_serves()
    {
        await GiveAsync(Names(), One);
        using var pod = Socket(Net.Client.Namespace);
        Assert.Equal($"one {Net.Client.Address}", await Dial.UdpAsync(pod, Site.Cluster));

        await GiveAsync(Names(), Given.Endpoint($"{Net.One.Address}", Given.NodeName, ready: false, serving: true, terminating: true), Two);

        for (var i = 0; i < 5; i++) Assert.Equal($"one {Net.Client.Address}", await Dial.UdpAsync(pod, Site.Cluster));
        await ExpectUdpAsync($"two {Net.Client.Address}", Pod, Site.Cluster);
    }

    private Service Names(Func<ServiceSpec, ServiceSpec>? change = null) =>
        Site.Open(spec => (change ?? (same => same))(spec with { Ports = [Given.Port("dns", 80, Site.NodePort, "UDP")] }));

    private static Socket Socket(TestKit.Network.NetworkNamespace from) => from.CreateSocket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

    /// <summary>Old entries are removed right after the sync, not within it.</summary>
    private static Task FollowsAsync(Socket socket, string destination, string answer) =>
        ProxyNetwork.UntilAsync(() => Dial.UdpAsync(socket, destination, Dial.Moment), last => last == answer, $"the same socket gets the answer {answer} from {destination}");
}
