using MiniK8s.Kubelet.Containers;
using MiniK8s.Kubelet.Docker;
using MiniK8s.Kubelet.Network;

namespace MiniK8s.Kubelet;

/// <summary>Takes from an engine what a kubelet made on it.</summary>
public static class KubeletCleanup
{
    // The pods have had their time when their cluster was ended; what is left of them is asked once and then killed.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>Ends and removes the node's containers, the pods' before their sandboxes, and the network of the pods once it is empty.</summary>
    /// <exception cref="DockerUnavailableException">The engine does not answer.</exception>
    public static async Task RunAsync(Uri dockerHost, string node, CancellationToken cancellationToken)
    {
        using var engine = new DockerClient(dockerHost);
        var containers = await engine.ListContainersAsync(PodLabels.Filter(node), cancellationToken);
        foreach (var group in containers.GroupBy(container => container.Labels.GetValueOrDefault(PodLabels.Container, "").Length == 0).OrderBy(group => group.Key))
        {
            await Task.WhenAll(group.Select(container => RemoveAsync(engine, container.Id, cancellationToken)));
        }

        if (await engine.FindNetworkAsync(PodNetwork.Name, cancellationToken) is { Containers.Count: 0 }) await engine.RemoveNetworkAsync(PodNetwork.Name, cancellationToken);
    }

    private static async Task RemoveAsync(DockerClient engine, string id, CancellationToken cancellationToken)
    {
        await engine.StopContainerAsync(id, Grace, cancellationToken);
        await engine.RemoveContainerAsync(id, cancellationToken);
    }
}
