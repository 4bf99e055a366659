using Microsoft.Extensions.Logging;
using MiniK8s.Api.Core.V1;
using MiniK8s.Kubelet.Containers;
using MiniK8s.Kubelet.Docker;
using MiniK8s.Kubelet.Images;
using MiniK8s.Kubelet.Planning;
using MiniK8s.Kubelet.Volumes;

namespace MiniK8s.Kubelet.Sync;

/// <summary>Makes a container of a pod run: its image, environment and volumes, then itself.</summary>
internal sealed class ContainerStarter(IContainerEngine engine, ContainerStarterParts parts, ILogger<ContainerStarter> log)
{
    /// <summary>Creates and starts it in the sandbox; one that could be created and not started is removed.</summary>
    /// <exception cref="StartException">It cannot run as things are; the reason is Kubernetes'.</exception>
    /// <exception cref="DockerUnavailableException">The engine went away.</exception>
    public async Task StartAsync(Pod pod, ObservedContainer sandbox, PodCommand.StartContainer start, CancellationToken cancellationToken)
    {
        var name = start.Container.Name;
        var run = await PrepareAsync(pod, sandbox, start, cancellationToken);
        var id = await Translate("CreateContainerError", () => engine.CreateContainerAsync(ContainerSpecBuilder.Build(run), cancellationToken));
        parts.Events.Done(pod, name, "Created", $"Created container: {name}");
        try
        {
            await engine.StartContainerAsync(id, cancellationToken);
        }
        catch (DockerApiException error)
        {
            // What could not start would only be in the way of the next try, which gets the same number.
            await engine.RemoveContainerAsync(id, CancellationToken.None);
            throw new StartException("RunContainerError", error.Message, error);
        }

        parts.Events.Done(pod, name, "Started", $"Started container {name}");
        log.LogInformation("Started container {Container} of pod {Namespace}/{Name}", name, pod.Metadata.Namespace, pod.Metadata.Name);
    }

    private async Task<ContainerRun> PrepareAsync(Pod pod, ObservedContainer sandbox, PodCommand.StartContainer start, CancellationToken cancellationToken)
    {
        var image = await parts.Images.EnsureAsync(start.Container, cancellationToken);
        if (image.WasPulled) parts.Events.Done(pod, start.Container.Name, "Pulled", $"Successfully pulled image \"{start.Container.Image}\"");
        else parts.Events.Done(pod, start.Container.Name, "Pulled", $"Container image \"{start.Container.Image}\" already present on machine");
        try
        {
            NonRootRule.Check(pod, start.Container, image.Details);
            var addresses = new PodAddresses(pod.Spec!.HostNetwork == true ? parts.HostAddress : sandbox.Address, parts.HostAddress);
            var environment = await parts.Environment.ResolveAsync(pod, start.Container, addresses, cancellationToken);
            return new ContainerRun
            {
                Node = parts.Node,
                Pod = pod,
                Container = start.Container,
                Attempt = start.Attempt,
                Crashes = start.Crashes,
                SandboxId = sandbox.Id,
                ImageId = image.Details.Id,
                Environment = environment,
                Mounts = parts.Volumes.Prepare(pod, start.Container, environment.ToDictionary(pair => pair.Key, pair => pair.Value)),
            };
        }
        catch (Exception error) when (error is ContainerConfigException or IOException or UnauthorizedAccessException)
        {
            throw new StartException("CreateContainerConfigError", error.Message, error);
        }
    }

    private static async Task<T> Translate<T>(string reason, Func<Task<T>> action)
    {
        try
        {
            return await action();
        }
        catch (DockerApiException error)
        {
            throw new StartException(reason, error.Message, error);
        }
    }
}

/// <summary>What containers are started with, beside the engine.</summary>
internal sealed record ContainerStarterParts(
    string Node, string HostAddress, ImageProvider Images, EnvironmentResolver Environment, PodVolumes Volumes, PodEvents Events);
