using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Explain;

/// <summary>Tells what a sync would change in this node's kernel. It reads and writes nothing.</summary>
internal interface IDryRun
{
    /// <summary>Compares what the kernel holds with what it should hold for a model.</summary>
    /// <exception cref="DryRunException">The kernel's state cannot be read.</exception>
    Task<RuleDifference> CompareAsync(ProxyModel model, CancellationToken cancellationToken);
}

/// <summary>What a sync would change; empty when it would change nothing.</summary>
/// <param name="Changes">One entry per chain, map, set or virtual server that would differ afterwards, in order.</param>
internal sealed record RuleDifference(IReadOnlyList<PlaceChange> Changes);

/// <summary>What would change in one place.</summary>
/// <param name="Place">Such as <c>nat KUBE-SERVICES</c>.</param>
/// <param name="Kind">Whether the place itself comes, goes, or stays.</param>
/// <param name="Removed">Rules or elements that would go.</param>
/// <param name="Added">Rules or elements that would come. None removed and none added in a place that stays: their order changes.</param>
internal sealed record PlaceChange(string Place, PlaceChangeKind Kind, IReadOnlyList<string> Removed, IReadOnlyList<string> Added);

/// <summary>What becomes of the place.</summary>
internal enum PlaceChangeKind
{
    Add,
    Rewrite,
    Remove,
}

/// <summary>A dry run is not possible; the message is for the user.</summary>
internal sealed class DryRunException(string message, Exception? inner = null) : Exception(message, inner);
