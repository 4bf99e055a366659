using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using MiniK8s.Api;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Health;

/// <summary>
/// The health-check node ports: for each Service that has one, a port that tells load balancers whether this node has ready
/// endpoints for it. A port that cannot be had is tried again at the next sync and holds nothing else up.
/// </summary>
internal sealed partial class HealthCheckPorts(SyncHealth health, ILoggerFactory loggers) : IAsyncDisposable
{
    private readonly ILogger log = loggers.CreateLogger<HealthCheckPorts>();
    private readonly SemaphoreSlim one = new(1);
    private readonly Dictionary<IpFamily, IReadOnlyDictionary<ObjectKey, HealthCheck>> asked = [];
    private readonly Dictionary<ObjectKey, Entry> open = [];
    private readonly HashSet<(ObjectKey Service, int Port)> refused = [];

    /// <summary>Whether a change asks for a look at the ports.</summary>
    public static bool ConcernedBy(ProxyChange change) => change.Touched.Any(name =>
        HasPort(change.Previous, name) || HasPort(change.Current, name));

    /// <summary>Opens, closes and renumbers ports so that they are those that one family, and what the others last asked for, want.</summary>
    /// <returns>Whether all of them are open.</returns>
    public async Task<bool> SyncAsync(IpFamily family, IReadOnlyDictionary<ObjectKey, HealthCheck> wanted, CancellationToken cancellationToken)
    {
        await one.WaitAsync(cancellationToken);
        try
        {
            asked[family] = wanted;
            var all = asked.Values.SelectMany(services => services).GroupBy(service => service.Key)
                .ToDictionary(service => service.Key, service => service.Select(check => check.Value).MaxBy(check => check.LocalEndpoints));
            await CloseOthersAsync(all);
            refused.RemoveWhere(one => !all.TryGetValue(one.Service, out var check) || check.Port != one.Port);
            foreach (var (key, check) in all)
            {
                if (open.TryGetValue(key, out var entry)) entry.Count = check.LocalEndpoints;
                else await OpenAsync(key, check, cancellationToken);
            }
            return open.Count == all.Count;
        }
        finally
        {
            one.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseOthersAsync(new Dictionary<ObjectKey, HealthCheck>());
        one.Dispose();
    }

    private async Task CloseOthersAsync(Dictionary<ObjectKey, HealthCheck> wanted)
    {
        foreach (var (key, entry) in open.ToList())
        {
            if (wanted.TryGetValue(key, out var check) && check.Port == entry.Port) continue;
            open.Remove(key);
            await entry.Responder.DisposeAsync();
        }
    }

    /// <summary>The ports that a model asks for; endpoints count once though several ports of the Service have them.</summary>
    public static IReadOnlyDictionary<ObjectKey, HealthCheck> WantedBy(ProxyModel model) => model.Services.Values
        .Where(state => state.Port.HealthCheckNodePort != 0)
        .GroupBy(state => new ObjectKey(state.Port.Name.Namespace, state.Port.Name.Service))
        .ToDictionary(
            service => service.Key,
            service => new HealthCheck(
                service.First().Port.HealthCheckNodePort,
                service.SelectMany(state => state.Endpoints).Where(endpoint => endpoint is { IsLocal: true, IsReady: true }).Select(endpoint => endpoint.Address).Distinct().Count()));

    /// <summary>The answer for a Service: 200 only with endpoints here and a proxy that keeps up.</summary>
    internal static HttpAnswer Answer(ObjectKey service, int count, bool healthy)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteStartObject("service");
            json.WriteString("namespace", service.Namespace);
            json.WriteString("name", service.Name);
            json.WriteEndObject();
            json.WriteNumber("localEndpoints", count);
            json.WriteBoolean("serviceProxyHealthy", healthy);
            json.WriteEndObject();
        }
        return HttpAnswer.Json(count > 0 && healthy ? 200 : 503, body.ToArray()) with
        {
            Headers = [("X-Load-Balancing-Endpoint-Weight", count.ToString(CultureInfo.InvariantCulture))],
        };
    }

    private static bool HasPort(ProxyModel model, ServicePortName name) =>
        model.Services.TryGetValue(name, out var state) && state.Port.HealthCheckNodePort != 0;

    private async Task OpenAsync(ObjectKey key, HealthCheck check, CancellationToken cancellationToken)
    {
        var entry = new Entry { Port = check.Port, Count = check.LocalEndpoints };
        try
        {
            entry.Responder = await HttpResponder.StartAsync(
                [new IPEndPoint(IPAddress.Any, check.Port)],
                // A node that goes away still serves what it has; /healthz is what turns others off it (KEP-3836).
                _ => Answer(key, entry.Count, health.IsHealthy),
                loggers,
                cancellationToken);
            open[key] = entry;
            refused.Remove((key, check.Port));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            if (refused.Add((key, check.Port))) PortFailed(log, key, check.Port, e.Message);
        }
    }

    private sealed class Entry
    {
        private volatile int count;

        public required int Port { get; init; }

        public int Count { get => count; set => count = value; }

        public HttpResponder Responder { get; set; } = null!;
    }

    [LoggerMessage(4201, LogLevel.Warning, "{Service}: the health-check node port {Port} cannot be opened ({Reason}); trying again with every sync")]
    private static partial void PortFailed(ILogger logger, ObjectKey service, int port, string reason);
}

/// <summary>A health-check port and what it tells.</summary>
internal readonly record struct HealthCheck(int Port, int LocalEndpoints);
