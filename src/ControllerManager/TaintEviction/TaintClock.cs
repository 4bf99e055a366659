using System.Collections.Concurrent;
using MiniK8s.Api.Core.V1;
using MiniK8s.ControllerManager.Facts;

namespace MiniK8s.ControllerManager.TaintEviction;

/// <summary>From when a taint counts: the time in it, or, for one that a user set without a time, when it was first seen.</summary>
internal sealed class TaintClock(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Dictionary<(string Key, string Value), DateTimeOffset>> firstSeen = new();

    /// <summary>The node's NoExecute taints with the time from which each counts. Forgets those that the node no longer has.</summary>
    public IReadOnlyList<(Taint Taint, DateTimeOffset Since)> Since(Node node)
    {
        var taints = node.Taints.Where(t => t.Effect == "NoExecute").ToList();
        var known = firstSeen.GetValueOrDefault(node.Name) ?? [];
        var now = clock.GetUtcNow();
        var dated = taints.Select(t => (Taint: t, Since: t.TimeAdded ?? known.GetValueOrDefault((t.Key, t.Value ?? ""), now))).ToList();
        if (dated.Count == 0) Forget(node.Name);
        else firstSeen[node.Name] = dated.ToDictionary(d => (d.Taint.Key, d.Taint.Value ?? ""), d => d.Since);
        return dated;
    }

    /// <summary>Forgets a node that is gone.</summary>
    public void Forget(string node) => firstSeen.TryRemove(node, out _);
}
