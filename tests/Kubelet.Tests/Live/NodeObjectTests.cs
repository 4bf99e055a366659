using System.Net;
using System.Net.Sockets;
using MiniK8s.Api.Coordination.V1;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Meta.V1;

namespace MiniK8s.Kubelet.Tests.Live;

public sealed class NodeObjectTests(NodeFixture host) : LiveTest(host)
{
    private const string OtherSubnet = "10.244.8.0/24";

    [Fact]
    public async Task The_node_is_registered_with_what_it_offers_and_its_lease_is_renewed()
    {
        var self = await Host.Api.GetAsync<Node>(null, NodeFixture.Node);
        Assert.Equal(NodeFixture.Address, self.Status!.Addresses.Single(address => address.Type == "InternalIP").Address);
        Assert.Equal($"{Environment.ProcessorCount}", self.Status.Capacity["cpu"].ToString());
        Assert.Equal("True", self.Status.Conditions.Single(condition => condition.Type == "Ready").Status);
        Assert.Equal("linux", self.Metadata.Labels["kubernetes.io/os"]);
        Assert.StartsWith("docker://", self.Status.NodeInfo!.ContainerRuntimeVersion, StringComparison.Ordinal);

        var first = (await LeaseAsync()).Spec!.RenewTime;
        await Host.Kubelet.WaitAsync(async () => (await LeaseAsync()).Spec!.RenewTime > first, "the lease is renewed");
    }

    [Fact]
    public async Task A_node_that_was_deleted_comes_back_and_moves_its_pods_to_a_new_subnet()
    {
        var name = Host.NewName("moved");
        await Host.RunUntilReadyAsync(LivePods.Pod(name, LivePods.Server("web")));
        await Host.Api.DeleteAsync<Node>(null, NodeFixture.Node);

        await Host.GiveSubnetAsync(OtherSubnet);

        var moved = await Host.WaitAsync(name, pod => pod.Status?.PodIP?.StartsWith("10.244.8.", StringComparison.Ordinal) == true && LivePods.IsReady(pod), "the pod has an address of the new subnet");
        await Host.AnswersAsync(name, $"{moved.Status!.PodIP}:8080");
    }

    [Fact]
    public async Task Ways_to_other_nodes_come_and_go_with_them_and_one_that_cannot_be_made_keeps_no_other_away()
    {
        var other = Host.NewName("other");
        await AddNodeAsync(other, "10.244.101.0/24", "192.0.2.9");
        await AddNodeAsync($"{other}-far", "10.244.100.0/24", "198.51.100.1");
        await Host.Kubelet.WaitAsync(async () => (await RoutesAsync()).Contains("10.244.101.0/24 via 192.0.2.9", StringComparison.Ordinal), "the other node's pods are reached");
        Assert.DoesNotContain("10.244.100.0/24", await RoutesAsync(), StringComparison.Ordinal);

        await Host.Api.DeleteAsync<Node>(null, $"{other}-far");
        await Host.Api.DeleteAsync<Node>(null, other);
        await Host.Kubelet.WaitAsync(async () => !(await RoutesAsync()).Contains("10.244.101.0/24", StringComparison.Ordinal), "the way is removed with the node");
    }

    [Fact]
    public async Task A_kubelet_waits_for_an_engine_and_an_API_server_that_start_after_it()
    {
        _ = Host.Api;
        var name = Host.NewName("early");
        var port = FreePort();
        var kubeconfig = Host.Folder[$"{name}.kubeconfig"];
        await NodeFixture.WriteKubeconfigAsync(kubeconfig, port);
        await using var early = KubeletProcess.Start(Host.Namespace, new KubeletArguments(name, kubeconfig, new Uri($"unix://{Host.Folder[name]}.sock"), Host.Folder[name]));
        await early.WaitAsync(() => Task.FromResult(early.Log.Contains("Cannot reach the container engine yet", StringComparison.Ordinal)), "the kubelet waits for the engine");
        File.CreateSymbolicLink($"{Host.Folder[name]}.sock", Host.Engine.SocketPath);
        await early.WaitAsync(() => Task.FromResult(early.Log.Contains("Cannot register the node yet", StringComparison.Ordinal)), "the kubelet waits for the API server");
        await using var relay = Host.RelayApi(port);

        await early.WaitAsync(async () => (await Host.Api.GetAsync<Node>(null, name)).Status?.Conditions.Any(condition => condition is { Type: "Ready", Status: "True" }) == true, "the node is registered");
    }

    private async Task AddNodeAsync(string name, string subnet, string address)
    {
        var status = new NodeStatus { Addresses = [new NodeAddress { Type = "InternalIP", Address = address }] };
        var added = await Host.Api.CreateAsync(new Node { Metadata = new ObjectMeta { Name = name }, Spec = new NodeSpec { PodCIDR = subnet, PodCIDRs = [subnet] } });
        await Host.Api.UpdateAsync(added with { Status = status }, "status");
    }

    private Task<string> RoutesAsync() => Host.Namespace.RunAsync(["ip", "route", "show"]);

    private Task<Lease> LeaseAsync() => Host.Api.GetAsync<Lease>("kube-node-lease", NodeFixture.Node);

    private int FreePort()
    {
        using var socket = Host.Namespace.CreateSocket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
