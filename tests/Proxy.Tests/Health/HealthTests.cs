using System.Net;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using MiniK8s.Api;
using MiniK8s.Proxy.Health;
using MiniK8s.Proxy.Metrics;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Tests.Kit;
using MiniK8s.TestKit.Servers;
using MiniK8s.TestKit.Time;

namespace MiniK8s.Proxy.Tests.Health;

public sealed class HealthTests : IAsyncLifetime
{
    private readonly ManualClock clock = new();
    private readonly SyncHealth health;
    private readonly ProxyEndpoints endpoints;
    private readonly HealthCheckPorts ports;
    private readonly HttpClient http = new();

    public HealthTests()
    {
        health = new SyncHealth(TimeSpan.FromSeconds(15), clock);
        endpoints = new ProxyEndpoints(health, new ProxyMetrics(clock), "iptables", clock);
        ports = new HealthCheckPorts(health, NullLoggerFactory.Instance);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        http.Dispose();
        await ports.DisposeAsync();
    }

    [Fact]
    public void A_change_that_waits_longer_than_two_periods_is_unhealthy_until_it_is_synced()
    {
        Assert.Equal(200, endpoints.Healthz("/healthz").Status);
        health.Queued(IpFamily.V4);
        clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(200, endpoints.Healthz("/healthz").Status);

        clock.Advance(TimeSpan.FromSeconds(1));
        health.Queued(IpFamily.V4);
        Assert.Equal(503, endpoints.Healthz("/healthz").Status);
        Assert.Equal(503, endpoints.Healthz("/livez").Status);

        health.Synced(IpFamily.V6);
        Assert.Equal(503, endpoints.Healthz("/healthz").Status);

        health.Synced(IpFamily.V4);
        Assert.Equal(200, endpoints.Healthz("/healthz").Status);
    }

    [Fact]
    public void A_node_that_goes_away_fails_healthz_but_not_livez()
    {
        health.NodeIsBeingDeleted = true;

        Assert.Equal(503, endpoints.Healthz("/healthz").Status);
        Assert.Equal(200, endpoints.Healthz("/livez").Status);
        Assert.Equal(404, endpoints.Healthz("/").Status);
    }

    [Theory]
    [InlineData(2, true, 200)]
    [InlineData(0, true, 503)]
    [InlineData(2, false, 503)]
    public void A_health_check_says_yes_only_with_endpoints_and_a_healthy_proxy(int count, bool healthy, int status)
    {
        var answer = HealthCheckPorts.Answer(new ObjectKey("shop", "web"), count, healthy);

        Assert.Equal(status, answer.Status);
        Assert.Equal(
            $$"""{"service":{"namespace":"shop","name":"web"},"localEndpoints":{{count}},"serviceProxyHealthy":{{(healthy ? "true" : "false")}}}""",
            Encoding.UTF8.GetString(answer.Body.Span));
        Assert.Equal(("X-Load-Balancing-Endpoint-Weight", $"{count}"), Assert.Single(answer.Headers));
    }

    [Fact]
    public void A_model_asks_for_a_port_once_and_counts_addresses_not_ports()
    {
        var world = new World().Put(
            Given.Service("web", "10.96.0.10", spec => spec with
            {
                Type = "LoadBalancer", ExternalTrafficPolicy = "Local", HealthCheckNodePort = 30999, Ports = [Given.Port("http", 80, 30080), Given.Port("https", 443, 30443)],
            }),
            Given.SliceOf("web", "1", [Given.SlicePort("http", 8080), Given.SlicePort("https", 8443)], Given.Local("10.244.1.1"), Given.Remote("10.244.2.1"), Given.Endpoint("10.244.1.2", Given.NodeName, false)),
            Given.Service("plain", "10.96.0.11"));

        var wanted = HealthCheckPorts.WantedBy(world.Tracker.Take().Current);

        Assert.Equal(new HealthCheck(30999, 1), Assert.Single(wanted).Value);
    }

    [Fact]
    public async Task Ports_open_move_and_close_with_what_is_wanted()
    {
        var (first, second) = (FreePorts.Next(), FreePorts.Next());
        await SyncAsync(first, 1);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync($"http://127.0.0.1:{first}/")).StatusCode);

        await SyncAsync(first, 0);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await http.GetAsync($"http://127.0.0.1:{first}/")).StatusCode);

        await SyncAsync(second, 1);
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync($"http://127.0.0.1:{first}/"));
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync($"http://127.0.0.1:{second}/")).StatusCode);

        await ports.SyncAsync(IpFamily.V4, new Dictionary<ObjectKey, HealthCheck>(), CancellationToken.None);
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync($"http://127.0.0.1:{second}/"));
    }

    [Fact]
    public async Task A_node_that_goes_away_passes_health_checks_as_long_as_it_has_endpoints()
    {
        health.NodeIsBeingDeleted = true;
        var port = FreePorts.Next();
        await SyncAsync(port, 1);

        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync($"http://127.0.0.1:{port}/")).StatusCode);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_had_later_and_holds_no_other_up()
    {
        var (taken, free) = (FreePorts.Next(), FreePorts.Next());
        var wanted = new Dictionary<ObjectKey, HealthCheck> { [new("shop", "a")] = new(taken, 1), [new("shop", "b")] = new(free, 1) };
        await using (await HttpResponder.StartAsync([new IPEndPoint(IPAddress.Any, taken)], _ => HttpAnswer.NotFound, NullLoggerFactory.Instance, CancellationToken.None))
        {
            Assert.False(await ports.SyncAsync(IpFamily.V4, wanted, CancellationToken.None));
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync($"http://127.0.0.1:{free}/")).StatusCode);
        }

        Assert.True(await ports.SyncAsync(IpFamily.V4, wanted, CancellationToken.None));
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync($"http://127.0.0.1:{taken}/")).StatusCode);
    }

    private Task<bool> SyncAsync(int port, int count) =>
        ports.SyncAsync(IpFamily.V4, new Dictionary<ObjectKey, HealthCheck> { [new("shop", "web")] = new(port, count) }, CancellationToken.None);
}
