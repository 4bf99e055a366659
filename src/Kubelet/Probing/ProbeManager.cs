using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using MiniK8s.Api.Core.V1;
using MiniK8s.Kubelet.Planning;
using MiniK8s.Kubelet.Status;

namespace MiniK8s.Kubelet.Probing;

/// <summary>Runs the probes of all containers that run, and says what they found. One loop per probed container run.</summary>
internal sealed class ProbeManager(IProber prober, ProbeOutcomes outcomes, TimeProvider clock, ILogger<ProbeManager> log) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, ProbeLoop>> pods = new();

    /// <summary>What the probes of a pod have found, by container name.</summary>
    public IReadOnlyDictionary<string, ProbeState> StatesOf(string uid) =>
        pods.TryGetValue(uid, out var loops) ? loops.ToDictionary(pair => pair.Key, pair => pair.Value.State) : new Dictionary<string, ProbeState>();

    /// <summary>Starts loops for the containers that run and have probes, and ends those of container runs that are over.</summary>
    public void Track(Pod pod, ObservedPod observed)
    {
        var loops = pods.GetOrAdd(observed.Uid, _ => new ConcurrentDictionary<string, ProbeLoop>());
        foreach (var container in pod.Spec!.Containers)
        {
            if (container is { ReadinessProbe: null, LivenessProbe: null, StartupProbe: null }) continue;
            var running = observed.Latest(container.Name) is { Phase: RunPhase.Running } latest ? latest : null;
            if (loops.TryGetValue(container.Name, out var known))
            {
                if (known.ContainerId == running?.Id) continue;
                loops.TryRemove(container.Name, out _);
                known.Dispose();
            }

            if (running is null || pod.Metadata.DeletionTimestamp is not null) continue;
            var target = new ProbeTarget(pod, container, running, observed.Sandbox?.Address ?? "", Known(pod, running));
            loops[container.Name] = ProbeLoop.Start(target, prober, outcomes, clock, log);
        }
    }

    /// <summary>Ends all loops of a pod.</summary>
    public void Forget(string uid)
    {
        if (!pods.TryRemove(uid, out var loops)) return;
        foreach (var loop in loops.Values) loop.Dispose();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        var running = pods.Values.SelectMany(loops => loops.Values).ToList();
        pods.Clear();
        foreach (var loop in running) loop.Dispose();
        await Task.WhenAll(running.Select(loop => loop.Completion));
    }

    private static ProbeState Known(Pod pod, ObservedContainer running) =>
        pod.Status?.ContainerStatuses.FirstOrDefault(status => status.ContainerID == ContainerStatusBuilder.IdOf(running)) is { State.Running: not null } told
            ? new ProbeState(told.Started == true, told.Ready)
            : new ProbeState(Started: false, Ready: false);
}
