using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Sync;

namespace MiniK8s.Proxy.Metrics;

/// <summary>
/// What there is of one address family, kept up to date by the differences of its syncs, so that a sync costs no walk over the model.
/// Callers hold the lock of the metrics.
/// </summary>
internal sealed class FamilyNumbers
{
    private readonly List<DateTimeOffset> published = [];
    private readonly List<DateTimeOffset> triggers = [];

    public long ServicePorts { get; private set; }

    public long Endpoints { get; private set; }

    /// <summary>Service ports whose internal policy Local leaves this node without endpoints, though there are some.</summary>
    public long WithoutLocalInternal { get; private set; }

    /// <summary>The same for the external policy.</summary>
    public long WithoutLocalExternal { get; private set; }

    public IReadOnlyList<RuleCount> Rules { get; private set; } = [];

    public SyncReport Last { get; private set; } = new(false, 0, 0);

    /// <summary>Takes note of a step that is about to be written: its events wait until one succeeds.</summary>
    public void Taken(ProxyChange change)
    {
        published.AddRange(change.Published);
        triggers.AddRange(change.Triggers);
        foreach (var name in change.Touched)
        {
            if (change.Previous.Services.TryGetValue(name, out var before)) Count(before, change.Previous.Node, -1);
            if (change.Current.Services.TryGetValue(name, out var now)) Count(now, change.Current.Node, 1);
        }
        ServicePorts = change.Current.Services.Count;
    }

    /// <summary>What was taken is in the kernel now.</summary>
    public void Synced(SyncReport report, DateTimeOffset now, Histogram sincePublished, Histogram sinceTrigger)
    {
        foreach (var time in published) sincePublished.Observe(now - time);
        foreach (var time in triggers) sinceTrigger.Observe(now - time);
        published.Clear();
        triggers.Clear();
        Last = report;
        if (report.Rules.Count > 0) Rules = report.Rules;
    }

    private void Count(ServiceState state, NodeState node, int sign)
    {
        Endpoints += sign * state.Endpoints.Count;
        if (!state.Port.UsesLocalEndpoints) return;
        var choice = EndpointChoice.Of(state, node);
        if (!choice.HasAny || choice.Local.Count > 0) return;
        if (state.Port.InternalLocal) WithoutLocalInternal += sign;
        if (state.Port.ExternalLocal) WithoutLocalExternal += sign;
    }
}
