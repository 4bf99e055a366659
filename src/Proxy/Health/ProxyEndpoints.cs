using System.Text;
using System.Text.Json;
using MiniK8s.Proxy.Explain;
using MiniK8s.Proxy.Metrics;

namespace MiniK8s.Proxy.Health;

/// <summary>
/// What the proxy answers about itself. /healthz is for load balancers and fails also while the node goes away; /livez is for
/// whoever would restart the proxy and does not (KEP-3836).
/// </summary>
internal sealed class ProxyEndpoints(SyncHealth health, ProxyMetrics metrics, string mode, TimeProvider clock)
{
    /// <summary>What /configz tells; null for nothing.</summary>
    public ProxyOptions? Options { get; init; }

    public HttpAnswer Healthz(string path) => path switch
    {
        "/healthz" => State(health.IsHealthy && !health.NodeIsBeingDeleted, withNode: true),
        "/livez" => State(health.IsHealthy, withNode: false),
        _ => HttpAnswer.NotFound,
    };

    public HttpAnswer Metrics(string path) => path switch
    {
        "/metrics" => new HttpAnswer(200, PrometheusText.ContentType, Encoding.UTF8.GetBytes(metrics.ToText())),
        "/proxyMode" => HttpAnswer.Text(200, mode),
        "/configz" when Options is { } options => HttpAnswer.Json(200, RunningProxy.Tell(options, mode)),
        "/healthz" or "/livez" => Healthz(path),
        _ => HttpAnswer.NotFound,
    };

    private HttpAnswer State(bool good, bool withNode)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("lastUpdated", health.LastUpdated);
            json.WriteString("currentTime", clock.GetUtcNow());
            if (withNode) json.WriteBoolean("nodeEligible", !health.NodeIsBeingDeleted);
            json.WriteEndObject();
        }
        return HttpAnswer.Json(good ? 200 : 503, body.ToArray());
    }
}
