using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Serialization;
using MiniK8s.Kubelet.Planning;
using MiniK8s.Kubelet.Status;
using static MiniK8s.Kubelet.Tests.Planning.PodCases;

namespace MiniK8s.Kubelet.Tests.Status;

public class PodStatusBuilderTests
{
    [Fact]
    public void A_running_pod_is_ready_and_has_its_address()
    {
        var status = Build(Pod("a", "b"), Observed(Sandbox(), Running("a"), Running("b")));
        Assert.Equal("Running", status.Phase);
        Assert.Equal(("10.244.1.5", "192.0.2.7"), (status.PodIP, status.HostIP));
        Assert.All(["Ready", "ContainersReady", "Initialized", "PodScheduled", "PodReadyToStartContainers"], type => Assert.Equal("True", Condition(status, type).Status));
        Assert.All(status.ContainerStatuses, container => Assert.True(container is { Ready: true, Started: true, RestartCount: 0 }));
        Assert.Equal("docker://id-a", status.ContainerStatuses[0].ContainerID);
    }

    [Theory]
    [InlineData("Always", 0, "Running")]
    [InlineData("OnFailure", 0, "Succeeded")]
    [InlineData("OnFailure", 1, "Running")]
    [InlineData("Never", 0, "Succeeded")]
    [InlineData("Never", 3, "Failed")]
    public void An_ended_container_gives_the_phase_of_its_policy(string policy, int exitCode, string phase)
    {
        var pod = Pod("a");
        var status = Build(pod with { Spec = pod.Spec! with { RestartPolicy = policy } }, Observed(Sandbox(), Exited("a", exitCode, 0, Now)));
        Assert.Equal(phase, status.Phase);
        Assert.Equal("False", Condition(status, "Ready").Status);
    }

    [Fact]
    public void A_crash_loop_shows_what_it_waits_for_and_how_it_ended()
    {
        var container = Build(Pod("a"), Observed(Sandbox(), Exited("a", 137, 2, Now))).ContainerStatuses[0];
        Assert.Equal("CrashLoopBackOff", container.State!.Waiting!.Reason);
        Assert.StartsWith("back-off 20s restarting failed container=a pod=web_default(u1)", container.State.Waiting.Message, StringComparison.Ordinal);
        Assert.Equal((137, "Error"), (container.LastState!.Terminated!.ExitCode, container.LastState.Terminated.Reason));
        Assert.Equal(2, container.RestartCount);
    }

    [Fact]
    public void An_image_that_cannot_be_had_shows_the_engines_reason()
    {
        var failures = new Dictionary<string, StartFailure> { ["a"] = new("ErrImagePull", "manifest unknown", 1, Now) };
        var status = PodStatusBuilder.Build(Pod("a"), new PodObservation(Observed(Sandbox()), failures, new Dictionary<string, ProbeState>(), "192.0.2.7"), Now);
        Assert.Equal("Pending", status.Phase);
        Assert.Equal(("ErrImagePull", "manifest unknown"), (status.ContainerStatuses[0].State!.Waiting!.Reason, status.ContainerStatuses[0].State!.Waiting!.Message));
        Assert.Equal("containers with unready status: [a]", Condition(status, "Ready").Message);
    }

    [Fact]
    public void A_container_with_a_readiness_probe_is_ready_only_when_it_succeeds()
    {
        var pod = Pod("a");
        pod = pod with { Spec = pod.Spec! with { Containers = [Container("a") with { ReadinessProbe = new Probe() }] } };
        Assert.False(Build(pod, Observed(Sandbox(), Running("a"))).ContainerStatuses[0].Ready);
        var probes = new Dictionary<string, ProbeState> { ["a"] = new(Started: true, Ready: true) };
        var status = PodStatusBuilder.Build(pod, new PodObservation(Observed(Sandbox(), Running("a")), new Dictionary<string, StartFailure>(), probes, "192.0.2.7"), Now);
        Assert.True(status.ContainerStatuses[0].Ready);
    }

    [Fact]
    public void The_first_end_shows_itself_until_the_restart_that_does_not_wait()
    {
        var state = Build(Pod("a"), Observed(Sandbox(), Exited("a", 7, 0, Now))).ContainerStatuses[0].State!;
        Assert.Equal(7, state.Terminated!.ExitCode);
    }

    [Theory]
    [InlineData(0, "Succeeded")]
    [InlineData(137, "Failed")]
    public void A_deleted_pod_shows_at_last_how_its_containers_ended(int exitCode, string phase)
    {
        var pod = Pod("a");
        pod = pod with { Metadata = pod.Metadata with { DeletionTimestamp = Now } };
        Assert.Equal("Running", Build(pod, Observed(Sandbox(), Running("a"))).Phase);
        var last = Build(pod, Observed(Sandbox(), Exited("a", exitCode, 0, Now)));
        Assert.Equal((phase, exitCode), (last.Phase, last.ContainerStatuses[0].State!.Terminated!.ExitCode));
        var later = Build(pod with { Status = last }, Observed());
        Assert.Equal((phase, exitCode), (later.Phase, later.ContainerStatuses[0].State!.Terminated!.ExitCode));
    }

    [Fact]
    public void A_pod_that_is_active_for_too_long_has_failed_and_its_containers_end()
    {
        var pod = Pod("a");
        pod = pod with { Spec = pod.Spec! with { ActiveDeadlineSeconds = 60 }, Status = new PodStatus { Phase = "Running", StartTime = Now.AddSeconds(-59) } };
        Assert.Equal("Running", Build(pod, Observed(Sandbox(), Running("a"))).Phase);
        var overdue = Build(pod with { Status = pod.Status with { StartTime = Now.AddSeconds(-60) } }, Observed(Sandbox(), Running("a")));
        Assert.Equal(("Failed", "DeadlineExceeded"), (overdue.Phase, overdue.Reason));
        Assert.Equal(0, Build(pod with { Status = overdue }, Observed(Sandbox(), Exited("a", 0, 0, Now))).ContainerStatuses[0].State!.Terminated!.ExitCode);
    }

    [Fact]
    public void Nothing_new_gives_an_equal_status_at_a_later_time()
    {
        var pod = Pod("a");
        var observed = Observed(Sandbox(), Running("a"));
        var first = Build(pod, observed);
        var second = PodStatusBuilder.Build(pod with { Status = first }, new PodObservation(observed, new Dictionary<string, StartFailure>(), new Dictionary<string, ProbeState>(), "192.0.2.7"), Now.AddHours(1));
        Assert.True(ApiSerializer.AreEqual(pod with { Status = first }, pod with { Status = second }));
    }

    private static PodStatus Build(Pod pod, ObservedPod observed) =>
        PodStatusBuilder.Build(pod, new PodObservation(observed, new Dictionary<string, StartFailure>(), new Dictionary<string, ProbeState>(), "192.0.2.7"), Now);

    private static PodCondition Condition(PodStatus status, string type) => status.Conditions.Single(condition => condition.Type == type);
}
