namespace MiniK8s.Kubelet.Tests.Live;

[Collection(nameof(NodeTests))]
public sealed class PodLifeTests(NodeFixture node)
{
    [Fact]
    public async Task A_pod_of_two_containers_shares_one_address_and_becomes_ready()
    {
        var name = node.NewName("two");
        var pod = await node.RunUntilReadyAsync(LivePods.Pod(name, LivePods.Server("web"), LivePods.Shell("side", LivePods.Forever)));

        Assert.Equal("Running", pod.Status!.Phase);
        Assert.StartsWith("10.244.7.", pod.Status.PodIP, StringComparison.Ordinal);
        Assert.Equal(NodeFixture.Address, pod.Status.HostIP);
        Assert.Equal(3, (await node.ContainersAsync(name)).Count);
        Assert.Equal($"{name}\n", await node.ExecAsync(pod, 1, "wget -qO- http://127.0.0.1:8080/"));
        using var http = node.Namespace.CreateHttpClient();
        Assert.Equal($"{name}\n", await http.GetStringAsync(new Uri($"http://{pod.Status.PodIP}:8080/")));
    }
}
