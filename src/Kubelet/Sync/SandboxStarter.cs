using MiniK8s.Api.Core.V1;
using MiniK8s.Kubelet.Containers;
using MiniK8s.Kubelet.Docker;
using MiniK8s.Kubelet.Images;
using MiniK8s.Kubelet.Network;
using MiniK8s.Kubelet.Planning;

namespace MiniK8s.Kubelet.Sync;

/// <summary>Makes a pod's pause container run.</summary>
internal sealed class SandboxStarter(IContainerEngine engine, PodNetwork network, SandboxSettings settings)
{
    /// <summary>Creates and starts it; one that could be created and not started is removed.</summary>
    /// <exception cref="DockerApiException">The engine refused, for example because a host port is taken.</exception>
    /// <exception cref="LocalImageException">The pause image cannot be made on this host.</exception>
    /// <exception cref="StartException">There is no network for it now.</exception>
    public async Task StartAsync(Pod pod, int attempt, CancellationToken cancellationToken)
    {
        if (pod.Spec!.HostNetwork != true && !network.IsUsable) throw new StartException("NetworkNotReady", "the node's pod network is being replaced");
        await EnsureImageAsync(cancellationToken);
        var id = await engine.CreateContainerAsync(SandboxSpecBuilder.Build(pod, attempt, settings), cancellationToken);
        try
        {
            await engine.StartContainerAsync(id, cancellationToken);
        }
        catch (DockerApiException)
        {
            await engine.RemoveContainerAsync(id, CancellationToken.None);
            throw;
        }
        if (pod.Spec.HostNetwork != true) await network.JoinedAsync(cancellationToken);
    }

    private async Task EnsureImageAsync(CancellationToken cancellationToken)
    {
        if (LocalImages.IsKnown(settings.PauseImage)) await LocalImages.EnsureAsync(engine, settings.PauseImage, cancellationToken);
        else if (await engine.FindImageAsync(settings.PauseImage, cancellationToken) is null) await engine.PullImageAsync(settings.PauseImage, null, null, cancellationToken);
    }
}
