using System.Text;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Sync;

namespace MiniK8s.Proxy.Metrics;

/// <summary>What the proxy counts, under kube-proxy's names and in kube-proxy's buckets where kube-proxy counts the same.</summary>
internal sealed class ProxyMetrics(TimeProvider clock)
{
    private readonly Histogram sync = new("kubeproxy_sync_proxy_rules_duration_seconds", "Time from the beginning of a sync to the kernel's answer.", Buckets.Syncs);
    private readonly Histogram full = new("kubeproxy_sync_full_proxy_rules_duration_seconds", "The same for syncs that wrote everything.", Buckets.Syncs);
    private readonly Histogram partial = new("kubeproxy_sync_partial_proxy_rules_duration_seconds", "The same for syncs that wrote differences.", Buckets.Syncs);
    private readonly Histogram latency = new("kubeproxy_network_programming_duration_seconds", "Time from the change of a pod or Service, as its EndpointSlice tells, to the kernel's answer.", Buckets.Programming);
    private readonly Histogram fine = new("minik8s_proxy_sync_seconds", "Time from the beginning of a sync that changed something to the kernel's answer, in fine buckets.", Buckets.Fine);
    private readonly Histogram eventToKernel = new("minik8s_proxy_event_to_kernel_seconds", "Time from the publication of a change by the API (its arrival, where only that is known) to the kernel's answer.", Buckets.Fine);
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, FamilyNumbers> families = new(StringComparer.Ordinal);
    private readonly long[] errors = new long[ProxyErrors.All.Count];
    private long repairs;
    private long touched;
    private long events;
    private long lastQueued;
    private long lastSynced;
    private long conntrackDeleted;

    /// <summary>Something changed and waits to be synced.</summary>
    public void Queued() => Interlocked.Exchange(ref lastQueued, Now);

    /// <summary>A step was taken from the tracker and is about to be written. Gives it back.</summary>
    public ProxyChange Taken(ProxyChange change)
    {
        Interlocked.Add(ref touched, change.Touched.Count);
        Interlocked.Add(ref events, change.Published.Count);
        lock (gate) NumbersOf(change).Taken(change);
        return change;
    }

    /// <summary>A sync succeeded: this step, and those taken before it whose syncs had failed, are in the kernel.</summary>
    public void Synced(ProxyChange change, SyncReport report, TimeSpan duration)
    {
        sync.Observe(duration);
        (report.IsFull ? full : partial).Observe(duration);
        if (report.Objects > 0) fine.Observe(duration);
        Interlocked.Exchange(ref lastSynced, Now);
        lock (gate) NumbersOf(change).Synced(report, clock.GetUtcNow(), eventToKernel, latency);
    }

    /// <summary>Something failed, and the proxy goes on.</summary>
    public void Failed(ProxyError error = ProxyError.Apply) => Interlocked.Increment(ref errors[(int)error]);

    /// <summary>Somebody had changed our rules.</summary>
    public void Repaired() => Interlocked.Increment(ref repairs);

    /// <summary>Entries of gone UDP endpoints were deleted.</summary>
    public void ConntrackDeleted(int entries) => Interlocked.Add(ref conntrackDeleted, entries);

    /// <summary>All of it in Prometheus' text format.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        foreach (var histogram in (Histogram[])[sync, full, partial, latency, fine, eventToKernel]) histogram.WriteTo(text);
        Counter(text, "kubeproxy_sync_proxy_rules_iptables_restore_failures_total", "Syncs that the kernel or its tool refused.", ref errors[(int)ProxyError.Apply]);
        PrometheusText.Many(text, "minik8s_proxy_errors_total", "What failed, by kind; the proxy goes on and tries again.", "counter", ProxyErrors.All.Select(error => ($"kind=\"{ProxyErrors.Name(error)}\"", (double)Interlocked.Read(ref errors[(int)error]))));
        Counter(text, "minik8s_proxy_repairs_total", "Full syncs because somebody else had changed our rules.", ref repairs);
        Counter(text, "kubeproxy_sync_proxy_rules_service_changes_total", "Service ports that changed.", ref touched);
        Counter(text, "minik8s_proxy_events_total", "Changes heard of from the API that made a difference, besides lists.", ref events);
        Counter(text, "minik8s_proxy_conntrack_deleted_total", "Connection entries of gone UDP endpoints that were deleted.", ref conntrackDeleted);
        Gauge(text, "kubeproxy_sync_proxy_rules_last_queued_timestamp_seconds", "When a change last came.", ref lastQueued);
        Gauge(text, "kubeproxy_sync_proxy_rules_last_timestamp_seconds", "When a sync last succeeded.", ref lastSynced);
        lock (gate) WriteFamilies(text);
        return text.ToString();
    }

    private long Now => clock.GetUtcNow().ToUnixTimeSeconds();

    // Caller holds the lock.
    private FamilyNumbers NumbersOf(ProxyChange change)
    {
        var family = change.Current.Family.Name;
        if (!families.TryGetValue(family, out var numbers)) families[family] = numbers = new FamilyNumbers();
        return numbers;
    }

    // Caller holds the lock.
    private void WriteFamilies(StringBuilder text)
    {
        PrometheusText.Single(text, "minik8s_proxy_service_ports", "Service ports that are programmed.", "gauge", families.Values.Sum(family => family.ServicePorts));
        PrometheusText.Single(text, "minik8s_proxy_endpoints", "Endpoints known of these, ready or not.", "gauge", families.Values.Sum(family => family.Endpoints));
        PrometheusText.Single(text, "minik8s_proxy_last_sync_objects", "Chains, elements or servers that the last sync wrote or removed.", "gauge", families.Values.Sum(family => family.Last.Objects));
        PrometheusText.Single(text, "minik8s_proxy_last_sync_bytes", "Bytes that the last sync sent.", "gauge", families.Values.Sum(family => family.Last.Bytes));
        PrometheusText.Many(text, "kubeproxy_sync_proxy_rules_no_local_endpoints_total", "Service ports whose policy Local leaves this node without endpoints, though there are some.", "gauge",
        [
            ("traffic_policy=\"internal\"", families.Values.Sum(family => family.WithoutLocalInternal)),
            ("traffic_policy=\"external\"", families.Values.Sum(family => family.WithoutLocalExternal)),
        ]);
        PrometheusText.Many(text, "minik8s_proxy_rules", "Rules, elements or servers in the kernel, by where they are.", "gauge",
            from family in families from rules in family.Value.Rules select ($"family=\"{family.Key}\",place=\"{rules.Place}\"", (double)rules.Total));
        PrometheusText.Many(text, "kubeproxy_sync_proxy_rules_iptables_total", "Rules of iptables in the kernel, by table.", "gauge", ByTable(rules => rules.Total));
        PrometheusText.Many(text, "kubeproxy_sync_proxy_rules_iptables_last", "Rules of iptables that the last sync wrote, by table.", "gauge", ByTable(rules => rules.Written));
    }

    // Only iptables has places of these names.
    private IEnumerable<(string Labels, double Value)> ByTable(Func<RuleCount, long> number) => families.Values
        .SelectMany(family => family.Rules)
        .Where(rules => rules.Place is "filter" or "nat")
        .GroupBy(rules => rules.Place, StringComparer.Ordinal)
        .Select(table => ($"table=\"{table.Key}\"", (double)table.Sum(number)));

    private static void Counter(StringBuilder text, string name, string help, ref long value) =>
        PrometheusText.Single(text, name, help, "counter", Interlocked.Read(ref value));

    private static void Gauge(StringBuilder text, string name, string help, ref long value) =>
        PrometheusText.Single(text, name, help, "gauge", Interlocked.Read(ref value));
}
