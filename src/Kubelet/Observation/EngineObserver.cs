using System.Globalization;
using MiniK8s.Api;
using MiniK8s.Kubelet.Containers;
using MiniK8s.Kubelet.Docker;
using MiniK8s.Kubelet.Planning;

namespace MiniK8s.Kubelet.Observation;

/// <summary>Reads back from the engine what runs for the node's pods. Nothing is remembered between two calls.</summary>
internal sealed class EngineObserver(IContainerEngine engine, string node, string network)
{
    /// <summary>The pods, one per uid, that have had containers under this name.</summary>
    public async Task<IReadOnlyList<ObservedPod>> ObserveAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        var found = new List<(string Uid, ObservedContainer Container)>();
        foreach (var summary in await engine.ListContainersAsync(PodLabels.Filter(node, key), cancellationToken))
        {
            // Between the two calls a container may have gone; then it is not there.
            if (await engine.FindContainerAsync(summary.Id, cancellationToken) is { } details) found.Add((Label(details, PodLabels.Uid), Describe(details)));
        }

        return [.. found.GroupBy(item => item.Uid, item => item.Container).Select(group => new ObservedPod(group.Key, key.Namespace, key.Name, [.. group]))];
    }

    /// <summary>Names and uids of all pods that have containers on this node.</summary>
    public async Task<IReadOnlySet<(ObjectKey Key, string Uid)>> PodsAsync(CancellationToken cancellationToken)
    {
        var pods = new HashSet<(ObjectKey, string)>();
        foreach (var container in await engine.ListContainersAsync(PodLabels.Filter(node), cancellationToken))
        {
            if (PodLabels.KeyOf(container.Labels) is { } key) pods.Add((key, container.Labels.GetValueOrDefault(PodLabels.Uid, "")));
        }

        return pods;
    }

    private static string Label(ContainerDetails details, string name) => details.Labels.GetValueOrDefault(name, "");

    private static int Number(ContainerDetails details, string name) =>
        int.TryParse(Label(details, name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private ObservedContainer Describe(ContainerDetails details)
    {
        var name = Label(details, PodLabels.Container);
        return new ObservedContainer
        {
            Id = details.Id,
            Name = name,
            IsSandbox = name.Length == 0,
            Attempt = Number(details, PodLabels.Attempt),
            Crashes = Number(details, PodLabels.Crashes),
            SandboxId = Label(details, PodLabels.Sandbox),
            SpecHash = Label(details, PodLabels.SpecHash),
            Phase = Phase(details.State),
            ExitCode = details.State.ExitCode,
            OutOfMemory = details.State.OomKilled,
            Error = details.State.Error,
            StartedAt = details.State.StartedAt,
            FinishedAt = details.State.FinishedAt,
            Image = details.Image,
            ImageId = details.ImageId,
            Address = details.Networks.TryGetValue(network, out var address) ? address.Address : "",
        };
    }

    // What the engine could not start counts as ended, with its error: it has been tried.
    private static RunPhase Phase(ContainerState state) => state.Phase switch
    {
        ContainerPhase.Created => state.Error.Length > 0 ? RunPhase.Exited : RunPhase.Created,
        ContainerPhase.Running or ContainerPhase.Paused or ContainerPhase.Restarting => RunPhase.Running,
        _ => RunPhase.Exited,
    };
}
