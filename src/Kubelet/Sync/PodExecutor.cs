using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using MiniK8s.Api.Core.V1;
using MiniK8s.Kubelet.Containers;
using MiniK8s.Kubelet.Docker;
using MiniK8s.Kubelet.Images;
using MiniK8s.Kubelet.Planning;
using MiniK8s.Kubelet.Volumes;
using MiniK8s.Runtime.Events;

namespace MiniK8s.Kubelet.Sync;

/// <summary>Carries out the steps of a plan on the engine, and remembers which starts failed.</summary>
internal sealed class PodExecutor(IContainerEngine engine, PodExecutorParts parts, TimeProvider clock, ILogger<PodExecutor> log)
{
    private readonly ConcurrentDictionary<string, ImmutableDictionary<string, StartFailure>> failures = new();

    /// <summary>Starts of this pod that failed, by container name.</summary>
    public IReadOnlyDictionary<string, StartFailure> FailuresOf(string uid) =>
        failures.TryGetValue(uid, out var known) ? known : ImmutableDictionary<string, StartFailure>.Empty;

    /// <summary>Forgets a pod.</summary>
    public void Forget(string uid) => failures.TryRemove(uid, out _);

    /// <summary>
    /// Executes the steps in order; stops of containers that follow each other run at once, so that a pod ends within one grace
    /// period. A start that fails is remembered and does not keep other containers from starting.
    /// </summary>
    public async Task ExecuteAsync(Pod? pod, ObservedPod observed, PodPlan plan, CancellationToken cancellationToken)
    {
        var stops = new List<PodCommand.StopContainer>();
        foreach (var command in plan.Commands)
        {
            if (command is PodCommand.StopContainer { Name.Length: > 0 } stop)
            {
                stops.Add(stop);
                continue;
            }

            await StopAllAsync(stops, observed, cancellationToken);
            await ExecuteAsync(pod, observed, command, cancellationToken);
        }

        await StopAllAsync(stops, observed, cancellationToken);
    }

    private async Task StopAllAsync(List<PodCommand.StopContainer> stops, ObservedPod observed, CancellationToken cancellationToken)
    {
        await Task.WhenAll(stops.Select(stop => StopAsync(stop, observed, cancellationToken)));
        stops.Clear();
    }

    private Task ExecuteAsync(Pod? pod, ObservedPod observed, PodCommand command, CancellationToken cancellationToken) => command switch
    {
        PodCommand.CreateSandbox sandbox => CreateSandboxAsync(pod!, sandbox.Attempt, cancellationToken),
        PodCommand.StartContainer start => TryStartAsync(pod!, observed, start, cancellationToken),
        PodCommand.StopContainer stop => StopAsync(stop, observed, cancellationToken),
        PodCommand.RemoveContainer remove => engine.RemoveContainerAsync(remove.Id, cancellationToken),
        PodCommand.RemoveVolumes => RemoveVolumes(observed.Uid),
        PodCommand.ConfirmDeletion => parts.Api.ConfirmDeletionAsync(pod!, cancellationToken),
        _ => throw new InvalidOperationException($"no such step: {command}"),
    };

    private Task RemoveVolumes(string uid)
    {
        parts.Volumes.Remove(uid);
        Forget(uid);
        return Task.CompletedTask;
    }

    private async Task StopAsync(PodCommand.StopContainer stop, ObservedPod observed, CancellationToken cancellationToken)
    {
        log.LogInformation("Stopping container {Container} of pod {Namespace}/{Name}: {Why}", stop.Name.Length == 0 ? "(sandbox)" : stop.Name, observed.Namespace, observed.Name, stop.Why);
        await engine.StopContainerAsync(stop.Id, stop.Grace, cancellationToken);
    }

    private async Task CreateSandboxAsync(Pod pod, int attempt, CancellationToken cancellationToken)
    {
        if (LocalImages.IsKnown(parts.Sandbox.PauseImage)) await LocalImages.EnsureAsync(engine, parts.Sandbox.PauseImage, cancellationToken);
        else if (await engine.FindImageAsync(parts.Sandbox.PauseImage, cancellationToken) is null) await engine.PullImageAsync(parts.Sandbox.PauseImage, null, null, cancellationToken);
        var id = await engine.CreateContainerAsync(SandboxSpecBuilder.Build(pod, attempt, parts.Sandbox), cancellationToken);
        await engine.StartContainerAsync(id, cancellationToken);
    }

    private async Task TryStartAsync(Pod pod, ObservedPod observed, PodCommand.StartContainer start, CancellationToken cancellationToken)
    {
        var (uid, name) = (observed.Uid, start.Container.Name);
        try
        {
            await StartAsync(pod, observed, start, cancellationToken);
            failures.AddOrUpdate(uid, ImmutableDictionary<string, StartFailure>.Empty, (_, known) => known.Remove(name));
        }
        catch (Exception error) when (Reason(error) is { } reason)
        {
            var count = (FailuresOf(uid).GetValueOrDefault(name)?.Count ?? 0) + 1;
            var failure = new StartFailure(reason, error.Message, count, clock.GetUtcNow());
            failures.AddOrUpdate(uid, _ => ImmutableDictionary<string, StartFailure>.Empty.SetItem(name, failure), (_, known) => known.SetItem(name, failure));
            log.LogWarning("Container {Container} of pod {Namespace}/{Name} did not start ({Reason}, try {Count}): {Message}", name, observed.Namespace, observed.Name, reason, count, error.Message);
            parts.Events.Record(pod, EventRecorder.Warning, reason is "ErrImagePull" ? "Failed" : reason, error.Message);
        }
    }

    private async Task StartAsync(Pod pod, ObservedPod observed, PodCommand.StartContainer start, CancellationToken cancellationToken)
    {
        var image = await parts.Images.EnsureAsync(start.Container, cancellationToken);
        var addresses = new PodAddresses(pod.Spec!.HostNetwork == true ? parts.HostAddress : observed.Sandbox!.Address, parts.HostAddress);
        var environment = await parts.Environment.ResolveAsync(pod, start.Container, addresses, cancellationToken);
        var mounts = parts.Volumes.Prepare(pod, start.Container, environment.ToDictionary(pair => pair.Key, pair => pair.Value));
        var id = await engine.CreateContainerAsync(
            ContainerSpecBuilder.Build(new ContainerRun
            {
                Node = parts.Sandbox.Node,
                Pod = pod,
                Container = start.Container,
                Attempt = start.Attempt,
                SandboxId = observed.Sandbox!.Id,
                ImageId = image,
                Environment = environment,
                Mounts = mounts,
            }),
            cancellationToken);
        try
        {
            await engine.StartContainerAsync(id, cancellationToken);
        }
        catch (DockerApiException)
        {
            // What could not start would only be in the way of the next try, which gets the same number.
            await engine.RemoveContainerAsync(id, CancellationToken.None);
            throw;
        }

        log.LogInformation("Started container {Container} of pod {Namespace}/{Name}", start.Container.Name, observed.Namespace, observed.Name);
    }

    private static string? Reason(Exception error) => error switch
    {
        ImageException image => image.Reason,
        ContainerConfigException => "CreateContainerConfigError",
        IOException or UnauthorizedAccessException => "CreateContainerConfigError",
        DockerApiException => "RunContainerError",
        _ => null,
    };
}

/// <summary>What the executor works with, beside the engine.</summary>
internal sealed record PodExecutorParts(
    SandboxSettings Sandbox, ImageProvider Images, EnvironmentResolver Environment, PodVolumes Volumes, PodApi Api, EventRecorder Events, string HostAddress);
