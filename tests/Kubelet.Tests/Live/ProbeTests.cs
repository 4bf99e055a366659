using MiniK8s.Api.Core.V1;

namespace MiniK8s.Kubelet.Tests.Live;

public sealed class ProbeTests(NodeFixture host) : LiveTest(host)
{
    [Fact]
    public async Task Readiness_by_a_command_follows_its_exit_code_and_does_not_restart()
    {
        var name = Host.NewName("ready");
        var probe = new Probe { Exec = new ExecAction { Command = ["test", "-e", "/tmp/ready"] }, PeriodSeconds = 1, FailureThreshold = 1, TimeoutSeconds = 10 };
        var pod = await Host.RunAsync(
            LivePods.Pod(name, LivePods.Shell("main", LivePods.Forever) with { ReadinessProbe = probe }),
            pod => pod.Status?.ContainerStatuses is [{ State.Running: not null, Ready: false }],
            "the container runs and is not ready");
        await Host.ExecAsync(pod, 0, "touch /tmp/ready");
        await Host.WaitAsync(name, LivePods.IsReady, "the pod is ready");
        await Host.ExecAsync(pod, 0, "rm /tmp/ready");
        var after = await Host.WaitAsync(name, pod => !LivePods.IsReady(pod), "the pod is not ready any more");
        Assert.Equal(0, after.StatusOf("main").RestartCount);
    }

    [Fact]
    public async Task Liveness_by_http_restarts_a_container_that_stops_answering_well()
    {
        var name = Host.NewName("live");
        var probe = new Probe { HttpGet = new HTTPGetAction { Path = "/healthz", Port = "http" }, PeriodSeconds = 1, FailureThreshold = 2, TimeoutSeconds = 10 };
        var web = LivePods.Server("web") with { LivenessProbe = probe, ReadinessProbe = probe, Ports = [new ContainerPort { Name = "http", ContainerPortValue = 8080 }] };
        var pod = await Host.RunUntilReadyAsync(LivePods.Pod(name, web));
        Assert.Equal(0, pod.StatusOf("web").RestartCount);

        await Host.ExecAsync(pod, 0, "rm /www/healthz");

        await Host.WaitAsync(name, pod => pod.StatusOf("web").RestartCount == 1 && LivePods.IsReady(pod), "the container was restarted once and is ready again");
        var told = (await Host.Api.ListAsync<Event>("default")).Items.Where(told => told.InvolvedObject.Name == name).Select(told => told.Reason);
        Assert.Contains("Unhealthy", told);
    }

    [Fact]
    public async Task Startup_by_tcp_holds_back_the_other_probes()
    {
        var name = Host.NewName("slow");
        var liveness = new Probe { TcpSocket = new TCPSocketAction { Port = 8080 }, PeriodSeconds = 1, FailureThreshold = 1 };
        var startup = liveness with { FailureThreshold = 60 };
        var main = LivePods.Shell("main", "while [ ! -e /tmp/go ]; do sleep 0.2; done; exec /bin/serve") with { LivenessProbe = liveness, StartupProbe = startup };
        var pod = await Host.RunAsync(
            LivePods.Pod(name, main), pod => pod.Status?.ContainerStatuses is [{ State.Running: not null, Started: false, Ready: false }], "the container runs and has not started up");
        await Host.ExecAsync(pod, 0, "touch /tmp/go");
        var started = await Host.WaitAsync(name, LivePods.IsReady, "the pod is ready");

        Assert.Equal((true, 0), (started.StatusOf("main").Started, started.StatusOf("main").RestartCount));
    }
}
