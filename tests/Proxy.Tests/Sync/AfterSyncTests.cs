using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using MiniK8s.Proxy.Health;
using MiniK8s.Proxy.Metrics;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Sync;
using MiniK8s.Proxy.Tests.Kit;
using MiniK8s.TestKit;
using MiniK8s.TestKit.Servers;
using MiniK8s.TestKit.Time;

namespace MiniK8s.Proxy.Tests.Sync;

public sealed class AfterSyncTests : IAsyncLifetime
{
    private readonly CancellationTokenSource stop = new();
    private readonly HealthCheckPorts ports;
    private readonly ProxyMetrics metrics;
    private readonly AfterSync after;
    private readonly HttpClient http = new();
    private Task running = Task.CompletedTask;

    public AfterSyncTests()
    {
        var clock = new ManualClock();
        var health = new SyncHealth(TimeSpan.FromSeconds(15), clock);
        (ports, metrics) = (new HealthCheckPorts(health, NullLoggerFactory.Instance), new ProxyMetrics(clock));
        after = new AfterSync(ports, health, metrics, NullLogger.Instance);
    }

    public ValueTask InitializeAsync()
    {
        running = after.RunAsync(stop.Token);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await ports.DisposeAsync();
        http.Dispose();
        stop.Dispose();
    }

    [Fact]
    public async Task A_health_check_port_that_was_taken_is_opened_by_the_next_sync_though_nothing_changed()
    {
        var port = FreePorts.Next();
        var model = Checked(port);
        await using (await HttpResponder.StartAsync([new IPEndPoint(IPAddress.Any, port)], _ => HttpAnswer.NotFound, NullLoggerFactory.Instance, CancellationToken.None))
        {
            after.Add(new ProxyChange(ProxyModel.Empty(IpFamily.V4), model, [.. model.Services.Keys]), isFull: true);
            await Eventually.TrueAsync(() => metrics.ToText().Contains("minik8s_proxy_errors_total{kind=\"health_port\"} 1", StringComparison.Ordinal), "the port is missed");
        }

        after.Add(new ProxyChange(model, model, []), isFull: false);

        await Eventually.TrueAsync(async () => await StatusAsync(port) == HttpStatusCode.OK, "the port answers");
    }

    private static ProxyModel Checked(int port) => new World().Put(
        Given.Service("web", "10.96.0.10", spec => spec with { Type = "LoadBalancer", ExternalTrafficPolicy = "Local", HealthCheckNodePort = port }),
        Given.Slice("web", Given.Local("10.244.1.1"))).Tracker.Take().Current;

    private async Task<HttpStatusCode?> StatusAsync(int port)
    {
        try
        {
            return (await http.GetAsync($"http://127.0.0.1:{port}/")).StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
