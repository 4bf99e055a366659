using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using Microsoft.Extensions.Logging;
using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Kubelet.Docker;
using MiniK8s.Kubelet.Images;
using MiniK8s.Kubelet.Planning;
using MiniK8s.Kubelet.Volumes;

namespace MiniK8s.Kubelet.Sync;

/// <summary>Carries out the steps of a plan, and remembers which starts failed.</summary>
internal sealed class PodExecutor(IContainerEngine engine, PodExecutorParts parts, TimeProvider clock, ILogger<PodExecutor> log)
{
    private static readonly ImmutableDictionary<string, StartFailure> NoFailures = ImmutableDictionary<string, StartFailure>.Empty;
    private readonly ConcurrentDictionary<string, ImmutableDictionary<string, StartFailure>> failures = new();

    /// <summary>Starts of this pod that failed, by container name.</summary>
    public IReadOnlyDictionary<string, StartFailure> FailuresOf(string uid) => failures.GetValueOrDefault(uid, NoFailures);

    /// <summary>Forgets a pod.</summary>
    public void Forget(string uid) => failures.TryRemove(uid, out _);

    /// <summary>Whether a plan is all that can be done now: it only asks containers to end that are ending already.</summary>
    public bool IsUnderWay(PodPlan plan) =>
        plan.Commands.All(command => command is PodCommand.StopContainer stop && parts.Stopper.IsStopping(stop.Id));

    /// <summary>Executes the steps in order. A start that fails is remembered and does not keep other containers from starting.</summary>
    public async Task ExecuteAsync(Pod? pod, ObservedPod observed, PodPlan plan, CancellationToken cancellationToken)
    {
        foreach (var command in plan.Commands) await ExecuteAsync(pod, observed, command, cancellationToken);
    }

    private Task ExecuteAsync(Pod? pod, ObservedPod observed, PodCommand command, CancellationToken cancellationToken) => command switch
    {
        PodCommand.CreateSandbox sandbox => CreateSandboxAsync(pod!, sandbox.Attempt, cancellationToken),
        PodCommand.StartContainer start => StartAsync(pod!, observed, start, cancellationToken),
        PodCommand.StopContainer stop => BeginStop(pod, observed, stop),
        PodCommand.StopSandbox sandbox => engine.StopContainerAsync(sandbox.Id, TimeSpan.Zero, cancellationToken),
        PodCommand.RemoveContainer remove => RemoveAsync(remove.Id, cancellationToken),
        PodCommand.RemoveVolumes => RemoveVolumes(observed.Uid),
        PodCommand.ConfirmDeletion => parts.Api.ConfirmDeletionAsync(pod!, cancellationToken),
        _ => throw new InvalidOperationException($"no such step: {command}"),
    };

    private async Task RemoveAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            await engine.RemoveContainerAsync(id, cancellationToken);
        }
        catch (DockerApiException error) when (error.StatusCode == HttpStatusCode.Conflict)
        {
            // Its removal is under way already; the engine tells when it is gone.
        }
    }

    private Task RemoveVolumes(string uid)
    {
        parts.Volumes.Remove(uid);
        return Task.CompletedTask;
    }

    private Task BeginStop(Pod? pod, ObservedPod observed, PodCommand.StopContainer stop)
    {
        if (!parts.Stopper.Begin(new ObjectKey(observed.Namespace, observed.Name), stop.Id, stop.Grace)) return Task.CompletedTask;
        log.LogInformation("Stopping container {Container} of pod {Namespace}/{Name}: {Why}", stop.Name, observed.Namespace, observed.Name, stop.Why);
        if (pod is not null) parts.Events.Done(pod, stop.Name, "Killing", $"Stopping container {stop.Name}");
        return Task.CompletedTask;
    }

    private async Task CreateSandboxAsync(Pod pod, int attempt, CancellationToken cancellationToken)
    {
        try
        {
            await parts.Sandboxes.StartAsync(pod, attempt, cancellationToken);
            Succeeded(pod, StartFailure.OfSandbox);
        }
        catch (Exception error) when (error is StartException or DockerApiException or LocalImageException)
        {
            Failed(pod, StartFailure.OfSandbox, "FailedCreatePodSandBox", error.Message);
            parts.Events.Failed(pod, "FailedCreatePodSandBox", $"Failed to create pod sandbox: {error.Message}");
        }
    }

    private async Task StartAsync(Pod pod, ObservedPod observed, PodCommand.StartContainer start, CancellationToken cancellationToken)
    {
        try
        {
            await parts.Containers.StartAsync(pod, observed.Sandbox!, start, cancellationToken);
            Succeeded(pod, start.Container.Name);
        }
        catch (StartException error)
        {
            Failed(pod, start.Container.Name, error.Reason, error.Message);
            parts.Events.Failed(pod, start.Container.Name, "Failed", $"Error: {error.Reason}: {error.Message}");
        }
    }

    private void Succeeded(Pod pod, string name)
    {
        if (failures.TryGetValue(pod.Metadata.Uid ?? "", out var known)) failures[pod.Metadata.Uid ?? ""] = known.Remove(name);
    }

    // One pod is worked on by one worker at a time, so reading and writing need not be one step.
    private void Failed(Pod pod, string name, string reason, string message)
    {
        var uid = pod.Metadata.Uid ?? "";
        var known = failures.GetValueOrDefault(uid, NoFailures);
        var count = (known.GetValueOrDefault(name)?.Count ?? 0) + 1;
        failures[uid] = known.SetItem(name, new StartFailure(reason, message, count, clock.GetUtcNow()));
        log.LogWarning("{Container} of pod {Namespace}/{Name} did not start ({Reason}, try {Count}): {Message}",
            name.Length == 0 ? "The sandbox" : $"Container {name}", pod.Metadata.Namespace, pod.Metadata.Name, reason, count, message);
    }
}

/// <summary>What the executor works with, beside the engine.</summary>
internal sealed record PodExecutorParts(
    SandboxStarter Sandboxes, ContainerStarter Containers, ContainerStopper Stopper, PodVolumes Volumes, PodApi Api, PodEvents Events);
