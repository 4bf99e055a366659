using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Kubelet.Planning;

namespace MiniK8s.Kubelet.Tests.Planning;

/// <summary>The parts from which the tables of planner and status are put together.</summary>
internal static class PodCases
{
    public static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public static Container Container(string name) => new() { Name = name, Image = "minik8s/example:1" };

    public static Pod Pod(params string[] containers) => new()
    {
        Metadata = new ObjectMeta { Namespace = "default", Name = "web", Uid = "u1" },
        Spec = new PodSpec { Containers = [.. containers.Select(Container)], RestartPolicy = "Always", NodeName = "n1" },
    };

    public static ObservedPod Observed(params ObservedContainer[] containers) => new("u1", "default", "web", containers);

    public static ObservedContainer Sandbox() => new()
    {
        Id = "sandbox", Name = "", IsSandbox = true, Phase = RunPhase.Running, StartedAt = Now.AddMinutes(-1), Address = "10.244.1.5",
    };

    public static ObservedContainer Running(string name) => new()
    {
        Id = $"id-{name}", Name = name, SandboxId = "sandbox", Phase = RunPhase.Running, StartedAt = Now.AddMinutes(-1),
        SpecHash = SpecHash.Of(Container(name)), Image = "minik8s/example:1", ImageId = "sha256:1",
    };

    public static ObservedContainer Exited(string name, int exitCode, int attempt, DateTimeOffset at) => Running(name) with
    {
        Id = $"id-{name}-{attempt}", Phase = RunPhase.Exited, ExitCode = exitCode, Attempt = attempt, Crashes = attempt, StartedAt = at.AddSeconds(-1), FinishedAt = at,
    };
}
