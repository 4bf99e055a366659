using MiniK8s.Api.Core.V1;
using MiniK8s.Kubelet.Planning;
using static MiniK8s.Kubelet.Tests.Planning.PodCases;

namespace MiniK8s.Kubelet.Tests.Planning;

public class PodPlannerTests
{
    private static readonly Dictionary<string, StartFailure> NoFailures = [];

    [Fact]
    public void A_new_pod_gets_its_sandbox_first() =>
        Assert.Equal("CreateSandbox 0", Show(PodPlanner.Plan(Pod("a", "b"), Observed(), NoFailures, Now)));

    [Fact]
    public void With_a_sandbox_all_containers_start() =>
        Assert.Equal("Start a/0; Start b/0", Show(PodPlanner.Plan(Pod("a", "b"), Observed(Sandbox()), NoFailures, Now)));

    [Fact]
    public void What_runs_is_left_alone_so_an_adopted_pod_is_not_doubled() =>
        Assert.Equal("", Show(PodPlanner.Plan(Pod("a"), Observed(Sandbox(), Running("a")), NoFailures, Now)));

    [Fact]
    public void A_container_that_was_made_and_never_started_is_made_anew() =>
        Assert.Equal("Remove a; Start a/0", Show(PodPlanner.Plan(Pod("a"), Observed(Sandbox(), Running("a") with { Phase = RunPhase.Created }), NoFailures, Now)));

    [Fact]
    public void Without_its_sandbox_a_pod_begins_anew()
    {
        var dead = Sandbox() with { Phase = RunPhase.Exited };
        Assert.Equal("Stop a", Show(PodPlanner.Plan(Pod("a"), Observed(dead, Running("a")), NoFailures, Now)));
        Assert.Equal("Remove sandbox; CreateSandbox 1", Show(PodPlanner.Plan(Pod("a"), Observed(dead, Exited("a", 137, 0, Now)), NoFailures, Now)));
    }

    [Fact]
    public void A_sandbox_that_could_not_be_made_is_tried_again_later()
    {
        var failures = new Dictionary<string, StartFailure> { [StartFailure.OfSandbox] = new("FailedCreatePodSandBox", "port is taken", 1, Now.AddSeconds(-4)) };
        Assert.Equal("again in 6s", Show(PodPlanner.Plan(Pod("a"), Observed(), failures, Now)));
        Assert.Equal("CreateSandbox 0", Show(PodPlanner.Plan(Pod("a"), Observed(), failures, Now.AddSeconds(6))));
    }

    [Theory]
    [InlineData("Always", 0, 0, 0, "Start a/1")]
    [InlineData("Always", 1, 0, 0, "Start a/1")]
    [InlineData("OnFailure", 1, 0, 0, "Start a/1")]
    [InlineData("OnFailure", 0, 0, 0, "Stop sandbox")]
    [InlineData("Never", 1, 0, 0, "Stop sandbox")]
    [InlineData("Always", 1, 1, 9, "again in 1s")]
    [InlineData("Always", 1, 1, 10, "Start a/2")]
    [InlineData("Always", 1, 2, 10, "again in 10s")]
    [InlineData("Always", 1, 3, 39, "again in 1s")]
    [InlineData("Always", 1, 30, 299, "again in 1s")]
    [InlineData("Always", 1, 30, 300, "Start a/31")]
    public void An_ended_container_restarts_as_its_policy_and_back_off_say(string policy, int exitCode, int attempt, int secondsAgo, string expected)
    {
        var pod = Pod("a");
        pod = pod with { Spec = pod.Spec! with { RestartPolicy = policy } };
        var ended = Exited("a", exitCode, attempt, Now.AddSeconds(-secondsAgo));
        Assert.Equal(expected, Show(PodPlanner.Plan(pod, Observed(Sandbox(), ended), NoFailures, Now)));
    }

    [Fact]
    public void A_long_healthy_run_forgets_earlier_crashes()
    {
        var ended = Exited("a", 1, 7, Now.AddSeconds(-1)) with { StartedAt = Now.AddMinutes(-11) };
        var plan = PodPlanner.Plan(Pod("a"), Observed(Sandbox(), ended), NoFailures, Now);
        Assert.Equal("Start a/8", Show(plan));
        Assert.Equal(1, Assert.IsType<PodCommand.StartContainer>(plan.Commands[0]).Crashes);
    }

    [Fact]
    public void Each_crash_in_a_row_is_counted_for_the_next_wait()
    {
        var plan = PodPlanner.Plan(Pod("a"), Observed(Sandbox(), Exited("a", 1, 2, Now.AddMinutes(-1))), NoFailures, Now);
        Assert.Equal(3, Assert.IsType<PodCommand.StartContainer>(plan.Commands[0]).Crashes);
    }

    [Fact]
    public void A_container_whose_traces_were_removed_from_the_engine_counts_on()
    {
        var pod = Pod("a") with { Status = new PodStatus { ContainerStatuses = [new ContainerStatus { Name = "a", ContainerID = "docker://1", RestartCount = 3 }] } };
        Assert.Equal("Start a/4", Show(PodPlanner.Plan(pod, Observed(Sandbox()), NoFailures, Now)));
    }

    [Theory]
    [InlineData("Failed")]
    [InlineData("Succeeded")]
    public void A_pod_that_the_API_says_has_ended_is_stopped_and_keeps_its_containers(string phase)
    {
        var pod = Pod("a") with { Status = new PodStatus { Phase = phase } };
        Assert.Equal("Stop a", Show(PodPlanner.Plan(pod, Observed(Sandbox(), Running("a")), NoFailures, Now)));
        Assert.Equal("Stop sandbox", Show(PodPlanner.Plan(pod, Observed(Sandbox(), Exited("a", 0, 0, Now)), NoFailures, Now)));
        Assert.Equal("", Show(PodPlanner.Plan(pod, Observed(Sandbox() with { Phase = RunPhase.Exited }, Exited("a", 0, 0, Now)), NoFailures, Now)));
    }

    [Fact]
    public void A_pod_with_a_deadline_is_looked_at_when_it_comes()
    {
        var pod = Pod("a") with { Status = new PodStatus { StartTime = Now.AddSeconds(-20) } };
        pod = pod with { Spec = pod.Spec! with { ActiveDeadlineSeconds = 30 } };
        Assert.Equal("again in 10s", Show(PodPlanner.Plan(pod, Observed(Sandbox(), Running("a")), NoFailures, Now)));
    }

    [Fact]
    public void An_image_that_could_not_be_had_is_tried_again_later()
    {
        var failures = new Dictionary<string, StartFailure> { ["a"] = new("ErrImagePull", "no such image", 2, Now.AddSeconds(-5)) };
        Assert.Equal("Start b/0; again in 15s", Show(PodPlanner.Plan(Pod("a", "b"), Observed(Sandbox()), failures, Now)));
    }

    [Fact]
    public void A_changed_image_stops_the_container_and_no_other() =>
        Assert.Equal("Stop a", Show(PodPlanner.Plan(Pod("a", "b"), Observed(Sandbox(), Running("a") with { SpecHash = "old" }, Running("b")), NoFailures, Now)));

    [Fact]
    public void Init_containers_run_one_after_the_other_before_the_rest()
    {
        var pod = Pod("a");
        pod = pod with { Spec = pod.Spec! with { InitContainers = [Container("i1"), Container("i2")] } };
        Assert.Equal("Start i1/0", Show(PodPlanner.Plan(pod, Observed(Sandbox()), NoFailures, Now)));
        Assert.Equal("", Show(PodPlanner.Plan(pod, Observed(Sandbox(), Running("i1")), NoFailures, Now)));
        Assert.Equal("Start i2/0", Show(PodPlanner.Plan(pod, Observed(Sandbox(), Exited("i1", 0, 0, Now)), NoFailures, Now)));
        Assert.Equal("Start i1/1", Show(PodPlanner.Plan(pod, Observed(Sandbox(), Exited("i1", 1, 0, Now)), NoFailures, Now)));
        Assert.Equal("Start a/0", Show(PodPlanner.Plan(pod, Observed(Sandbox(), Exited("i1", 0, 0, Now), Exited("i2", 0, 0, Now)), NoFailures, Now)));
    }

    [Fact]
    public void A_deleted_pod_ends_gracefully_its_sandbox_last_and_only_then_leaves_the_API()
    {
        var pod = Pod("a");
        pod = pod with { Metadata = pod.Metadata with { DeletionTimestamp = Now.AddSeconds(20), DeletionGracePeriodSeconds = 30 } };
        var plan = PodPlanner.Plan(pod, Observed(Sandbox(), Running("a")), NoFailures, Now);
        Assert.Equal("Stop a", Show(plan));
        Assert.Equal("Stop sandbox; Remove a; Remove sandbox; RemoveVolumes; ConfirmDeletion", Show(PodPlanner.Plan(pod, Observed(Sandbox(), Exited("a", 0, 0, Now)), NoFailures, Now)));
        Assert.Equal(TimeSpan.FromSeconds(20), Assert.IsType<PodCommand.StopContainer>(plan.Commands[0]).Grace);
        Assert.Equal("RemoveVolumes; ConfirmDeletion", Show(PodPlanner.Plan(pod, Observed(), NoFailures, Now)));
    }

    [Fact]
    public void What_no_pod_owns_is_removed()
    {
        Assert.Equal("Stop a", Show(PodPlanner.Plan(null, Observed(Sandbox(), Running("a")), NoFailures, Now)));
        Assert.Equal("Stop sandbox; Remove a; Remove sandbox; RemoveVolumes", Show(PodPlanner.Plan(null, Observed(Sandbox(), Exited("a", 0, 0, Now)), NoFailures, Now)));
    }

    [Fact]
    public void A_container_that_the_spec_does_not_name_is_stopped() =>
        Assert.Equal("Stop x", Show(PodPlanner.Plan(Pod("a"), Observed(Sandbox(), Running("a"), Running("x")), NoFailures, Now)));

    [Fact]
    public void Only_the_newest_two_dead_containers_of_a_name_are_kept()
    {
        var observed = Observed(Sandbox(), Exited("a", 1, 0, Now), Exited("a", 1, 1, Now), Exited("a", 1, 2, Now), Running("a") with { Attempt = 3 });
        Assert.Equal("Remove a", Show(PodPlanner.Plan(Pod("a"), observed, NoFailures, Now)));
    }

    private static string Show(PodPlan plan) => string.Join("; ", plan.Commands.Select(Show).Concat(plan.LookAgain is { } after && !plan.Commands.OfType<PodCommand.CreateSandbox>().Any() ? [$"again in {after.TotalSeconds}s"] : []));

    private static string Show(PodCommand command) => command switch
    {
        PodCommand.CreateSandbox sandbox => $"CreateSandbox {sandbox.Attempt}",
        PodCommand.StartContainer start => $"Start {start.Container.Name}/{start.Attempt}",
        PodCommand.StopContainer stop => $"Stop {stop.Name}",
        PodCommand.StopSandbox => "Stop sandbox",
        PodCommand.RemoveContainer remove => $"Remove {(remove.Name.Length == 0 ? "sandbox" : remove.Name)}",
        _ => command.GetType().Name,
    };
}
