using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Meta.V1;
using MiniK8s.TestKit;

namespace MiniK8s.Kubelet.Tests.Live;

public sealed class PodLifeTests(NodeFixture host) : LiveTest(host)
{
    private const string IgnoresTerm = "trap '' TERM; while :; do sleep 1; done";

    [Fact]
    public async Task A_pod_of_two_containers_shares_one_address_and_becomes_ready()
    {
        var name = Host.NewName("two");
        var pod = await Host.RunUntilReadyAsync(LivePods.Pod(name, LivePods.Server("web"), LivePods.Shell("side", LivePods.Forever)));

        Assert.Equal("Running", pod.Status!.Phase);
        Assert.StartsWith("10.244.", pod.Status.PodIP, StringComparison.Ordinal);
        Assert.Equal(NodeFixture.Address, pod.Status.HostIP);
        Assert.Equal(3, (await Host.ContainersAsync(name)).Count);
        await Host.AnswersAsync(name, $"{pod.Status.PodIP}:8080");
        Assert.Equal($"{name}\n", await Host.ExecAsync(pod, 1, "wget -qO- http://127.0.0.1:8080/"));
    }

    [Fact]
    public async Task A_container_that_ends_is_restarted_at_once_and_then_waits()
    {
        var name = Host.NewName("crash");
        var pod = await Host.RunAsync(
            LivePods.Pod(name, LivePods.Shell("main", "exit 7")),
            pod => pod.Status?.ContainerStatuses is [{ State.Waiting.Reason: "CrashLoopBackOff" }],
            "it waits to be restarted");

        var status = pod.StatusOf("main");
        Assert.Equal(1, status.RestartCount);
        Assert.Equal(7, status.LastState!.Terminated!.ExitCode);
        Assert.StartsWith("back-off 10s restarting failed container=main", status.State!.Waiting!.Message, StringComparison.Ordinal);
        Assert.Equal("Running", pod.Status!.Phase);
        await Host.WaitAsync(name, again => again.StatusOf("main").RestartCount == 2, "it is restarted after the wait");
    }

    [Theory]
    [InlineData("Never", "exit 0", "Succeeded", 0)]
    [InlineData("Never", "exit 3", "Failed", 3)]
    [InlineData("OnFailure", "exit 0", "Succeeded", 0)]
    public async Task A_pod_that_may_not_restart_ends_with_its_containers(string policy, string script, string phase, int exitCode)
    {
        var name = Host.NewName("end");
        var pod = await Host.RunAsync(
            LivePods.Pod(name, LivePods.Shell("main", script)).With(spec => spec with { RestartPolicy = policy }),
            pod => pod.Status?.Phase is "Succeeded" or "Failed",
            "the pod ends");

        Assert.Equal(phase, pod.Status!.Phase);
        Assert.Equal((0, exitCode), (pod.StatusOf("main").RestartCount, pod.StatusOf("main").State!.Terminated!.ExitCode));
        await Eventually.TrueAsync(
            async () => (await Host.ContainersAsync(name)).All(container => container.Phase == Kubelet.Docker.ContainerPhase.Exited), "its sandbox ends as well", LivePods.Limit);
    }

    [Fact]
    public async Task Init_containers_run_first_and_one_that_fails_is_tried_again()
    {
        var share = new VolumeMount { Name = "share", MountPath = "/share" };
        var first = LivePods.Shell("first", "test -e /share/tried || { touch /share/tried; exit 1; }; echo one >>/share/log") with { VolumeMounts = [share] };
        var second = LivePods.Shell("second", "echo two >>/share/log") with { VolumeMounts = [share] };
        var main = LivePods.Shell("main", LivePods.Forever) with { VolumeMounts = [share] };
        var pod = await Host.RunUntilReadyAsync(LivePods.Pod(Host.NewName("init"), main)
            .With(spec => spec with { InitContainers = [first, second], Volumes = [new Volume { Name = "share", EmptyDir = new EmptyDirVolumeSource() }] }));

        Assert.Equal("one\ntwo\n", await Host.ExecAsync(pod, 0, "cat /share/log"));
        Assert.Equal([1, 0], pod.Status!.InitContainerStatuses.Select(status => status.RestartCount));
    }

    [Fact]
    public async Task A_deleted_pod_gets_its_grace_and_leaves_nothing_behind()
    {
        var name = Host.NewName("graceful");
        var shared = Directory.CreateDirectory(Host.Folder[name]).FullName;
        var main = LivePods.Shell("main", "trap 'echo asked >/host/log; sleep 2; echo finished >>/host/log; exit 0' TERM; touch /host/ready; while :; do sleep 600 & wait $!; done")
            with { VolumeMounts = [new VolumeMount { Name = "host", MountPath = "/host" }, new VolumeMount { Name = "own", MountPath = "/own" }] };
        var volumes = new[]
        {
            new Volume { Name = "host", HostPath = new HostPathVolumeSource { Path = shared } },
            new Volume { Name = "own", EmptyDir = new EmptyDirVolumeSource() },
        };
        var pod = await Host.RunUntilReadyAsync(LivePods.Pod(name, main).With(spec => spec with { TerminationGracePeriodSeconds = 30, Volumes = volumes }));
        Assert.True(Directory.Exists(Path.Combine(Host.Volumes, pod.Metadata.Uid!)));
        await Eventually.TrueAsync(() => File.Exists(Path.Combine(shared, "ready")), "the container listens to signals", LivePods.Limit);

        await Host.Api.DeleteAsync<Pod>("default", name);
        await Host.WaitUntilGoneAsync(name);

        Assert.Equal("asked\nfinished\n", await File.ReadAllTextAsync(Path.Combine(shared, "log")));
        Assert.Empty(await Host.ContainersAsync(name));
        Assert.False(Directory.Exists(Path.Combine(Host.Volumes, pod.Metadata.Uid!)));
    }

    [Fact]
    public async Task A_shortened_grace_period_counts_at_once()
    {
        var name = Host.NewName("stubborn");
        await Host.RunUntilReadyAsync(LivePods.Pod(name, LivePods.Shell("main", IgnoresTerm)));
        var other = Host.NewName("other");

        await Host.Api.DeleteAsync<Pod>("default", name, new DeleteOptions { GracePeriodSeconds = 600 });
        await Host.RunUntilReadyAsync(LivePods.Pod(other, LivePods.Shell("main", LivePods.Forever)));
        Assert.NotNull((await Host.Api.GetAsync<Pod>("default", name)).Metadata.DeletionTimestamp);
        await Host.Api.DeleteAsync<Pod>("default", name, new DeleteOptions { GracePeriodSeconds = 1 });

        await Host.WaitUntilGoneAsync(name);
        Assert.Empty(await Host.ContainersAsync(name));
    }

    [Fact]
    public async Task A_pod_of_the_same_name_takes_the_place_of_one_that_was_removed_by_force()
    {
        var name = Host.NewName("twin");
        var first = await Host.RunUntilReadyAsync(LivePods.Pod(name, LivePods.Shell("main", IgnoresTerm)));
        await Host.Api.DeleteAsync<Pod>("default", name, new DeleteOptions { GracePeriodSeconds = 0 });
        var second = await Host.RunUntilReadyAsync(LivePods.Pod(name, LivePods.Shell("main", LivePods.Forever)));

        Assert.NotEqual(first.Metadata.Uid, second.Metadata.Uid);
        await Eventually.TrueAsync(
            async () => (await Host.ContainersAsync(name)) is { Count: 2 } left && left.All(container => container.Labels["minik8s.io/pod-uid"] == second.Metadata.Uid),
            "only the second pod's containers are left",
            LivePods.Limit);
    }

    [Fact]
    public async Task A_pod_that_is_active_for_too_long_fails()
    {
        var pod = await Host.RunAsync(
            LivePods.Pod(Host.NewName("overdue"), LivePods.Shell("main", LivePods.Forever)).With(spec => spec with { ActiveDeadlineSeconds = 2 }),
            pod => pod.Status?.Phase == "Failed" && pod.Status.ContainerStatuses is [{ State.Terminated: not null }],
            "the pod fails and its container ends");

        Assert.Equal("DeadlineExceeded", pod.Status!.Reason);
    }
}
