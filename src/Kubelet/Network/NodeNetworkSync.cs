using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Client.Caching;
using MiniK8s.Runtime.Controllers;

namespace MiniK8s.Kubelet.Network;

/// <summary>
/// Keeps the node's part of the cluster network: the pod network with the subnet that the node was given, and the ways to those of
/// the other nodes. It looks again now and then, because others may change networks and routes too.
/// </summary>
internal sealed class NodeNetworkSync(ICache<Node> nodes, PodNetwork network, RouteTable routes, KubeletOptions options) : IReconciler
{
    /// <summary>All of it is one thing: whichever node changes, one key stands for the work.</summary>
    public static ObjectKey Key { get; } = new("", "network");

    /// <summary>Whether a change of a node can matter.</summary>
    public static bool Concerns(CacheChange<Node> change) =>
        change.Previous?.Spec?.PodCIDR != change.Current?.Spec?.PodCIDR || Address(change.Previous) != Address(change.Current);

    /// <inheritdoc/>
    public async ValueTask<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (nodes.Get(new ObjectKey("", options.NodeName))?.Spec?.PodCIDR is { Length: > 0 } subnet) await network.EnsureAsync(subnet, cancellationToken);
        await routes.EnsureAsync(RoutePlanner.Plan(options.NodeName, nodes.List()), cancellationToken);
        return ReconcileResult.After(options.ResyncInterval);
    }

    private static string? Address(Node? node) => node is null ? null : RoutePlanner.AddressOf(node);
}
