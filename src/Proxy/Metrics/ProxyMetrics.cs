using System.Text;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Sync;

namespace MiniK8s.Proxy.Metrics;

/// <summary>What the proxy counts, under kube-proxy's names where kube-proxy counts the same.</summary>
internal sealed class ProxyMetrics(TimeProvider clock)
{
    private readonly Histogram sync = new("kubeproxy_sync_proxy_rules_duration_seconds", "Time from the beginning of a sync to the kernel's answer.");
    private readonly Histogram full = new("kubeproxy_sync_full_proxy_rules_duration_seconds", "The same for syncs that wrote everything.");
    private readonly Histogram partial = new("kubeproxy_sync_partial_proxy_rules_duration_seconds", "The same for syncs that wrote differences.");
    private readonly Histogram latency = new("kubeproxy_network_programming_duration_seconds", "Time from the change of a pod or Service to the kernel's answer.");
    private long failures;
    private long repairs;
    private long touched;
    private long lastQueued;
    private long lastSynced;
    private long services;
    private long endpoints;
    private long lastObjects;
    private long lastBytes;
    private long conntrackDeleted;

    /// <summary>Something changed and waits to be synced.</summary>
    public void Queued() => Interlocked.Exchange(ref lastQueued, Now);

    /// <summary>A sync succeeded.</summary>
    public void Synced(ProxyChange change, SyncReport report, TimeSpan duration)
    {
        sync.Observe(duration);
        (report.IsFull ? full : partial).Observe(duration);
        foreach (var trigger in change.Triggers) latency.Observe(clock.GetUtcNow() - trigger);
        Interlocked.Exchange(ref lastSynced, Now);
        Interlocked.Add(ref touched, change.Touched.Count);
        Interlocked.Exchange(ref services, change.Current.Services.Count);
        Interlocked.Add(ref endpoints, EndpointDifference(change));
        Interlocked.Exchange(ref lastObjects, report.Objects);
        Interlocked.Exchange(ref lastBytes, report.Bytes);
    }

    /// <summary>A sync failed.</summary>
    public void Failed() => Interlocked.Increment(ref failures);

    /// <summary>Somebody had changed our rules.</summary>
    public void Repaired() => Interlocked.Increment(ref repairs);

    /// <summary>Entries of gone UDP endpoints were deleted.</summary>
    public void ConntrackDeleted(int entries) => Interlocked.Add(ref conntrackDeleted, entries);

    /// <summary>All of it in Prometheus' text format.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        foreach (var histogram in (Histogram[])[sync, full, partial, latency]) histogram.WriteTo(text);
        Counter(text, "kubeproxy_sync_proxy_rules_iptables_restore_failures_total", "Syncs that the kernel or its tool refused.", ref failures);
        Counter(text, "minik8s_proxy_repairs_total", "Full syncs because somebody else had changed our rules.", ref repairs);
        Counter(text, "kubeproxy_sync_proxy_rules_service_changes_total", "Service ports that changed.", ref touched);
        Counter(text, "minik8s_proxy_conntrack_deleted_total", "Connection entries of gone UDP endpoints that were deleted.", ref conntrackDeleted);
        Gauge(text, "kubeproxy_sync_proxy_rules_last_queued_timestamp_seconds", "When a change last came.", ref lastQueued);
        Gauge(text, "kubeproxy_sync_proxy_rules_last_timestamp_seconds", "When a sync last succeeded.", ref lastSynced);
        Gauge(text, "minik8s_proxy_service_ports", "Service ports that are programmed.", ref services);
        Gauge(text, "minik8s_proxy_endpoints", "Endpoints known of these, ready or not.", ref endpoints);
        Gauge(text, "minik8s_proxy_last_sync_objects", "Chains that the last sync wrote or removed.", ref lastObjects);
        Gauge(text, "minik8s_proxy_last_sync_bytes", "Bytes that the last sync sent.", ref lastBytes);
        return text.ToString();
    }

    private long Now => clock.GetUtcNow().ToUnixTimeSeconds();

    private static long EndpointDifference(ProxyChange change)
    {
        long difference = 0;
        foreach (var name in change.Touched)
        {
            difference += change.Current.Services.TryGetValue(name, out var now) ? now.Endpoints.Count : 0;
            difference -= change.Previous.Services.TryGetValue(name, out var before) ? before.Endpoints.Count : 0;
        }
        return difference;
    }

    private static void Counter(StringBuilder text, string name, string help, ref long value) =>
        PrometheusText.Single(text, name, help, "counter", Interlocked.Read(ref value));

    private static void Gauge(StringBuilder text, string name, string help, ref long value) =>
        PrometheusText.Single(text, name, help, "gauge", Interlocked.Read(ref value));
}
