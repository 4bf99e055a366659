using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Values;

namespace MiniK8s.Kubectl.Describing;

/// <summary>The containers of a pod: what they are to be, and what they are.</summary>
internal static class ContainerDescription
{
    /// <summary>Writes the heading and the containers.</summary>
    public static void Write(TabText text, string heading, IReadOnlyList<Container> containers, IReadOnlyList<ContainerStatus> statuses, TimeZoneInfo zone)
    {
        text.Line(0, $"{heading}:{(containers.Count == 0 ? " <none>" : "")}");
        foreach (var container in containers)
        {
            var status = statuses.FirstOrDefault(known => known.Name == container.Name);
            Basics(text, container, status);
            if (status is not null) State(text, status, zone);
            Amounts(text, "Limits", container.Resources?.Limits);
            Amounts(text, "Requests", container.Resources?.Requests);
            Probe(text, "Liveness", container.LivenessProbe);
            Probe(text, "Readiness", container.ReadinessProbe);
            Probe(text, "Startup", container.StartupProbe);
            EnvironmentDescription.Write(text, container);
            Mounts(text, container.VolumeMounts);
        }
    }

    private static void Basics(TabText text, Container container, ContainerStatus? status)
    {
        text.Line(1, $"{container.Name}:");
        if (status is not null) text.Line(2, $"Container ID:\t{status.ContainerID}");
        text.Line(2, $"Image:\t{container.Image}");
        if (status is not null) text.Line(2, $"Image ID:\t{status.ImageID}");
        var (ports, hostPorts) = (container.Ports.Select(port => $"{port.ContainerPortValue}/{port.Protocol}"), container.Ports.Select(port => $"{port.HostPort ?? 0}/{port.Protocol}"));
        var plural = container.Ports.Count > 1 ? "s" : "";
        text.Line(2, $"Port{plural}:\t{Common.OrNone(string.Join(", ", ports))}").Line(2, $"Host Port{plural}:\t{Common.OrNone(string.Join(", ", hostPorts))}");
        Lines(text, "Command", container.Command);
        Lines(text, "Args", container.Args);
    }

    private static void Lines(TabText text, string name, IReadOnlyList<string> words)
    {
        if (words.Count > 0) text.Line(2, $"{name}:");
        foreach (var line in words.SelectMany(word => word.Split('\n'))) text.Line(3, line);
    }

    private static void State(TabText text, ContainerStatus status, TimeZoneInfo zone)
    {
        State(text, "State", status.State, zone);
        if (status.LastState?.Terminated is not null) State(text, "Last State", status.LastState, zone);
        text.Line(2, $"Ready:\t{Common.Truth(status.Ready)}").Line(2, $"Restart Count:\t{status.RestartCount}");
    }

    private static void State(TabText text, string name, ContainerState? state, TimeZoneInfo zone)
    {
        if (state?.Running is { } running)
        {
            text.Line(2, $"{name}:\tRunning").Line(3, $"Started:\t{Common.Moment(running.StartedAt, zone)}");
        }
        else if (state?.Terminated is { } terminated)
        {
            text.Line(2, $"{name}:\tTerminated");
            If(text, "Reason", terminated.Reason);
            If(text, "Message", terminated.Message);
            text.Line(3, $"Exit Code:\t{terminated.ExitCode}");
            if (terminated.Signal is > 0) text.Line(3, $"Signal:\t{terminated.Signal}");
            text.Line(3, $"Started:\t{Common.Moment(terminated.StartedAt, zone)}").Line(3, $"Finished:\t{Common.Moment(terminated.FinishedAt, zone)}");
        }
        else
        {
            text.Line(2, $"{name}:\tWaiting");
            If(text, "Reason", state?.Waiting?.Reason);
        }
    }

    private static void If(TabText text, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value)) text.Line(3, $"{name}:\t{value}");
    }

    private static void Amounts(TabText text, string name, IReadOnlyDictionary<string, Quantity>? amounts)
    {
        if (amounts is not { Count: > 0 }) return;
        text.Line(2, $"{name}:");
        foreach (var (resource, amount) in amounts.OrderBy(pair => pair.Key, StringComparer.Ordinal)) text.Line(3, $"{resource}:\t{amount}");
    }

    private static void Probe(TabText text, string name, Probe? probe)
    {
        if (probe is null) return;
        var action = probe switch
        {
            { Exec: { } exec } => $"exec [{string.Join(' ', exec.Command)}]",
            { HttpGet: { } get } => $"http-get {get.Scheme?.ToLowerInvariant()}://{get.Host}:{get.Port}{(get.Path is { Length: > 0 } path && path[0] != '/' ? "/" : "")}{get.Path}",
            { TcpSocket: { } socket } => $"tcp-socket {socket.Host}:{socket.Port}",
            { Grpc: { } grpc } => $"grpc <pid>:{grpc.Port} {grpc.Service}",
            _ => "unknown",
        };
        var times = $"delay={probe.InitialDelaySeconds ?? 0}s timeout={probe.TimeoutSeconds ?? 0}s period={probe.PeriodSeconds ?? 0}s";
        text.Line(2, $"{name}:\t{action} {times} #success={probe.SuccessThreshold ?? 0} #failure={probe.FailureThreshold ?? 0}");
    }

    private static void Mounts(TabText text, IReadOnlyList<VolumeMount> mounts)
    {
        text.Line(2, $"Mounts:{(mounts.Count == 0 ? "\t<none>" : "")}");
        foreach (var mount in mounts.OrderBy(mount => mount.MountPath, StringComparer.Ordinal))
        {
            var path = string.IsNullOrEmpty(mount.SubPath) ? "" : $",path=\"{mount.SubPath}\"";
            text.Line(3, $"{mount.MountPath} from {mount.Name} ({(mount.ReadOnly == true ? "ro" : "rw")}{path})");
        }
    }
}
