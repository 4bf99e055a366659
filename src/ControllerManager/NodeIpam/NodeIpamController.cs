using System.Net;
using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Client.Caching;
using MiniK8s.Client.Rest;
using MiniK8s.ControllerManager.Facts;
using MiniK8s.Runtime.Controllers;
using MiniK8s.Runtime.Events;

namespace MiniK8s.ControllerManager.NodeIpam;

/// <summary>Gives every node a block of the cluster's pod addresses, in <c>spec.podCIDR</c>. A node keeps what it has.</summary>
internal sealed class NodeIpamController(
    IApiClient client, ICache<Node> nodes, IReadOnlyList<IPNetwork> clusterBlocks, EventRecorder events) : IReconciler
{
    /// <summary>Prefix length of a node's block: 254 pods of IPv4, more than enough of IPv6.</summary>
    private const int BlockLengthV4 = 24;
    private const int BlockLengthV6 = 64;

    private static readonly TimeSpan RetryWhenFull = TimeSpan.FromSeconds(30);

    /// <summary>The controller with its watches. One worker: two would choose one block.</summary>
    public static Controller Build(ControllerParts parts, IReadOnlyList<IPNetwork> clusterBlocks)
    {
        var nodes = parts.Cache<Node>();
        return parts.Host("node-ipam", new NodeIpamController(parts.Client, nodes, clusterBlocks, parts.Events), workers: 1)
            .Watch(nodes, change => Lacks(change.Current) ? [change.Key] : []);
    }

    /// <inheritdoc/>
    public async ValueTask<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (!Lacks(nodes.Get(key))) return ReconcileResult.Done;

        // Nodes join seldom and a block given twice is hard to mend: the choice is made from the API's list, not from the cache.
        var all = (await client.ListAsync<Node>(null, cancellationToken: cancellationToken)).Items;
        var node = all.FirstOrDefault(n => n.Name == key.Name);
        if (node is null || !Lacks(node)) return ReconcileResult.Done;

        var used = all.SelectMany(n => n.Spec?.PodCIDRs.Append(n.Spec.PodCIDR ?? "") ?? []).ToList();
        var blocks = clusterBlocks.Select(cluster => PodCidrPlanner.Lowest(cluster, BlockLength(cluster), used)).ToList();
        if (blocks.Contains(null))
        {
            events.Record(node.Reference, EventRecorder.Warning, "CIDRNotAvailable", $"Node {node.Name} status is now: CIDRNotAvailable");
            return ReconcileResult.After(RetryWhenFull);
        }

        var texts = blocks.Select(block => block!.Value.ToString()).ToList();
        await client.UpdateAsync(node with { Spec = (node.Spec ?? new NodeSpec()) with { PodCIDR = texts[0], PodCIDRs = texts } }, cancellationToken: cancellationToken);
        return ReconcileResult.Done;
    }

    /// <summary>The prefix length of a node's block; the whole where the cluster's block is no larger.</summary>
    private static int BlockLength(IPNetwork cluster) =>
        Math.Max(cluster.PrefixLength, cluster.BaseAddress.GetAddressBytes().Length == 4 ? BlockLengthV4 : BlockLengthV6);

    private static bool Lacks(Node? node) => node is { Metadata.DeletionTimestamp: null } && string.IsNullOrEmpty(node.Spec?.PodCIDR);
}
