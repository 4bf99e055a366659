using MiniK8s.Api.Core.V1;
using MiniK8s.Kubelet.Docker;
using MiniK8s.Kubelet.Images;

namespace MiniK8s.Kubelet.Tests.Live;

public sealed class AdoptionTests(NodeFixture host) : LiveTest(host)
{
    [Fact]
    public async Task A_new_kubelet_takes_over_what_a_killed_one_left_and_changes_nothing()
    {
        var name = Host.NewName("adopted");
        var probe = new Probe { Exec = new ExecAction { Command = ["true"] }, PeriodSeconds = 1, TimeoutSeconds = 10 };
        var once = "test -e /tmp/again || { touch /tmp/again; exit 1; }; ";
        var main = LivePods.Shell("main", LivePods.Forever) with { ReadinessProbe = probe };
        var mount = new VolumeMount { Name = "tmp", MountPath = "/tmp" };
        var restarted = LivePods.Shell("restarted", once + LivePods.Forever) with { VolumeMounts = [mount] };
        var before = await Host.RunAsync(
            LivePods.Pod(name, main, restarted).With(spec => spec with { Volumes = [new Volume { Name = "tmp", EmptyDir = new EmptyDirVolumeSource() }] }),
            pod => LivePods.IsReady(pod) && pod.StatusOf("restarted").RestartCount == 1,
            "the pod is ready after one restart");
        var containers = await RunningAsync(name);

        await Host.ReplaceKubeletAsync();
        await Host.Kubelet.WaitUntilReadyAsync();
        await Host.RunUntilReadyAsync(LivePods.Pod(Host.NewName("after"), LivePods.Shell("main", LivePods.Forever)));

        var after = await Host.Api.GetAsync<Pod>("default", name);
        Assert.Equal(containers, await RunningAsync(name));
        Assert.Equal([0, 1], after.Status!.ContainerStatuses.Select(status => status.RestartCount));
        Assert.Equal(before.Status!.PodIP, after.Status.PodIP);
        Assert.Equal(
            before.Status.Conditions.Single(condition => condition.Type == "Ready").LastTransitionTime,
            after.Status.Conditions.Single(condition => condition.Type == "Ready").LastTransitionTime);
    }

    [Fact]
    public async Task What_was_deleted_while_no_kubelet_ran_is_torn_down_by_the_next()
    {
        var name = Host.NewName("missed");
        await Host.RunUntilReadyAsync(LivePods.Pod(name, LivePods.Shell("main", LivePods.Forever)));
        await Host.Kubelet.DisposeAsync();
        await Host.Api.DeleteAsync<Pod>("default", name);

        Host.StartKubelet();

        await Host.WaitUntilGoneAsync(name);
        Assert.Empty(await Host.ContainersAsync(name));
    }

    [Fact]
    public async Task Containers_and_volumes_that_no_pod_owns_are_removed_and_others_are_left_alone()
    {
        _ = Host.Api;
        var name = Host.NewName("orphan");
        var labels = new Dictionary<string, string>
        {
            ["minik8s.io/node"] = NodeFixture.Node, ["minik8s.io/pod-namespace"] = "default", ["minik8s.io/pod-name"] = name,
            ["minik8s.io/pod-uid"] = name, ["minik8s.io/container"] = "main", ["minik8s.io/attempt"] = "0",
        };
        var spec = new ContainerSpec { Name = name, Image = LocalImages.Example, Entrypoint = ["sh", "-c", LivePods.Forever] };
        var foreign = await Host.Docker.CreateContainerAsync(spec with { Name = $"{name}-foreign" });
        await Host.Docker.StartContainerAsync(await Host.Docker.CreateContainerAsync(spec with { Labels = labels }));
        var volume = Directory.CreateDirectory(Path.Combine(Host.Volumes, $"{name}-volumes", "volumes", "data"));

        await Host.ReplaceKubeletAsync();

        await Host.Kubelet.WaitAsync(async () => (await Host.ContainersAsync(name)).Count == 0, "the container that no pod owns is removed");
        await Host.Kubelet.WaitAsync(() => Task.FromResult(!volume.Exists || !Directory.Exists(volume.FullName)), "the volumes that no pod owns are removed");
        Assert.NotNull(await Host.Docker.FindContainerAsync(foreign));
    }

    [Fact]
    public async Task An_engine_that_dies_and_comes_back_gets_its_pods_again()
    {
        var name = Host.NewName("survivor");
        await Host.RunUntilReadyAsync(LivePods.Pod(name, LivePods.Server("web")));

        await Host.Engine.KillAsync();
        await Host.Kubelet.WaitAsync(async () => !await IsNodeReadyAsync(), "the node is not ready without its engine");
        await Host.Engine.RestartAsync();

        await Host.Kubelet.WaitAsync(IsNodeReadyAsync, "the node is ready again");
        using var http = Host.Namespace.CreateHttpClient();
        await Host.Kubelet.WaitAsync(
            async () =>
            {
                var pod = await Host.Api.GetAsync<Pod>("default", name);
                return LivePods.IsReady(pod) && await http.GetStringAsync(new Uri($"http://{pod.Status!.PodIP}:8080/")) == $"{name}\n";
            },
            "the pod answers again");
        Assert.Single(await RunningAsync(name), container => container.EndsWith("web", StringComparison.Ordinal));
    }

    private async Task<bool> IsNodeReadyAsync() =>
        (await Host.Api.GetAsync<Node>(null, NodeFixture.Node)).Status!.Conditions.Any(condition => condition is { Type: "Ready", Status: "True" });

    private async Task<IReadOnlyList<string>> RunningAsync(string pod) =>
    [
        .. (await Host.ContainersAsync(pod)).Where(container => container.Phase == ContainerPhase.Running)
            .Select(container => $"{container.Id} {container.Labels["minik8s.io/container"]}").Order(StringComparer.Ordinal),
    ];
}
