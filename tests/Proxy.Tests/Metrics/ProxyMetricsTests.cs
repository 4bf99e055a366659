using System.Net;
using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Client.Caching;
using MiniK8s.Proxy.Explain;
using MiniK8s.Proxy.Iptables;
using MiniK8s.Proxy.Metrics;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Nftables;
using MiniK8s.Proxy.Sync;
using MiniK8s.Proxy.Tests.Kit;
using MiniK8s.Proxy.Tracking;
using MiniK8s.TestKit.Time;

namespace MiniK8s.Proxy.Tests.Metrics;

public sealed class ProxyMetricsTests : IDisposable
{
    private readonly ManualClock clock = new();
    private readonly FakeApplier applier = new();
    private readonly ChangeTracker tracker = new(new TrackerOptions(IpFamily.V4, Given.NodeName, Balancing.Random));
    private readonly IptablesBackend backend;
    private readonly ProxyMetrics metrics;

    public ProxyMetricsTests()
    {
        metrics = new ProxyMetrics(clock);
        backend = new IptablesBackend(new IptablesSettings { Family = IpFamily.V4, PodCidr = IPNetwork.Parse("10.244.0.0/16") }, applier);
    }

    private Exposition Read => Exposition.Parse(metrics.ToText());

    public void Dispose() => backend.Dispose();

    [Fact]
    public void The_text_keeps_to_the_format_before_anything_happened() => Assert.Equal("histogram", Read.Types["minik8s_proxy_sync_seconds"]);

    [Fact]
    public async Task The_text_keeps_to_the_format_and_tells_of_a_sync()
    {
        Add(Given.Service("web", "10.96.0.10"), default);
        Add(Given.Slice("web", Given.Local("10.244.1.1"), Given.Remote("10.244.2.1")), default);
        await SyncAsync(TimeSpan.FromMilliseconds(3));
        metrics.Failed(ProxyError.Conntrack);

        var read = Read;

        Assert.Equal(1, read["kubeproxy_sync_proxy_rules_duration_seconds_count"]);
        Assert.Equal(0, read["kubeproxy_sync_proxy_rules_duration_seconds_bucket{le=\"0.002\"}"]);
        Assert.Equal(1, read["kubeproxy_sync_proxy_rules_duration_seconds_bucket{le=\"0.004\"}"]);
        Assert.Equal(1, read["minik8s_proxy_sync_seconds_bucket{le=\"0.005\"}"]);
        Assert.Equal(0, read["minik8s_proxy_sync_seconds_bucket{le=\"1e-05\"}"]);
        Assert.Equal((1, 2), (read["minik8s_proxy_service_ports"], read["minik8s_proxy_endpoints"]));
        Assert.Equal((0, 1), (read["minik8s_proxy_errors_total{kind=\"apply\"}"], read["minik8s_proxy_errors_total{kind=\"conntrack\"}"]));
    }

    [Fact]
    public async Task Latency_counts_from_the_publication_of_each_event_and_not_for_what_a_list_brought()
    {
        Add(Given.Service("web", "10.96.0.10"), default);
        await SyncAsync(TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, Read["minik8s_proxy_event_to_kernel_seconds_count"]);

        Add(Given.Slice("web", Given.Local("10.244.1.1")), clock.GetUtcNow());
        clock.Advance(TimeSpan.FromMicroseconds(40));
        Add(Given.Slice("web", Given.Local("10.244.1.2")), clock.GetUtcNow());
        Add(Given.Slice("web", Given.Local("10.244.1.2")), clock.GetUtcNow());
        await SyncAsync(TimeSpan.FromMicroseconds(50));

        var read = Read;
        Assert.Equal(2, read["minik8s_proxy_event_to_kernel_seconds_count"]);
        Assert.Equal(1, read["minik8s_proxy_event_to_kernel_seconds_bucket{le=\"5e-05\"}"]);
        Assert.Equal(2, read["minik8s_proxy_event_to_kernel_seconds_bucket{le=\"0.0001\"}"]);
        Assert.Equal(0.00014, read["minik8s_proxy_event_to_kernel_seconds_sum"], 9);
    }

    [Fact]
    public async Task Events_of_a_sync_that_failed_wait_for_the_one_that_succeeds()
    {
        Add(Given.Service("web", "10.96.0.10"), clock.GetUtcNow());
        metrics.Taken(tracker.Take());
        metrics.Failed();
        clock.Advance(TimeSpan.FromSeconds(1));

        await SyncAsync(TimeSpan.Zero);

        Assert.Equal(1, Read["minik8s_proxy_event_to_kernel_seconds_count"]);
        Assert.Equal(1, Read["minik8s_proxy_event_to_kernel_seconds_sum"], 3);
        Assert.Equal(1, Read["kubeproxy_sync_proxy_rules_iptables_restore_failures_total"]);
    }

    [Fact]
    public async Task Rules_by_table_are_those_in_the_tables_after_every_kind_of_sync()
    {
        Add(Given.Service("web", "10.96.0.10", spec => Given.NodePort(spec, 30080) with { SessionAffinity = "ClientIP" }), default);
        Add(Given.Service("empty", "10.96.0.11"), default);
        await SyncAndCompareAsync();

        Add(Given.Slice("web", Given.Local("10.244.1.1"), Given.Remote("10.244.2.1"), Given.Remote("10.244.2.2")), default);
        await SyncAndCompareAsync();

        Add(Given.Slice("web", Given.Local("10.244.1.1")), default);
        Add(Given.Slice("empty", Given.Local("10.244.1.5")), default);
        await SyncAndCompareAsync();

        tracker.SetNodePortAddresses([IPAddress.Parse("192.168.77.1"), IPAddress.Parse("192.168.77.2")]);
        tracker.Apply(new CacheChange<Service>(new ObjectKey("shop", "empty"), null, null));
        await SyncAndCompareAsync();
    }

    [Fact]
    public void Elements_and_chains_of_nftables_are_counted_by_what_changes()
    {
        var settings = new NftSettings { Family = IpFamily.V4, PodCidr = IPNetwork.Parse("10.244.0.0/16") };
        Add(Given.Service("web", "10.96.0.10", spec => Given.NodePort(spec, 30080)), default);
        Add(Given.Slice("web", Given.Local("10.244.1.1"), Given.Remote("10.244.2.1"), Given.Remote("10.244.2.2")), default);
        Add(Given.Service("sticky", "10.96.0.11", spec => spec with { SessionAffinity = "ClientIP" }), default);
        Add(Given.Slice("sticky", Given.Local("10.244.1.5")), default);
        var transaction = new NftTransaction(IpFamily.V4);
        var table = NftTable.Create(settings, tracker.Take().Current, transaction);
        var (elements, chains) = (transaction.ElementChange, transaction.ChainChange);
        transaction.Clear();

        Add(Given.Slice("web", Given.Local("10.244.1.1"), Given.Remote("10.244.2.1")), default);
        tracker.Apply(new CacheChange<Service>(new ObjectKey("shop", "sticky"), null, null));
        var change = tracker.Take();
        table.Change(change, transaction);

        var places = NftContentText.Of(settings, change.Current).Places;
        Assert.Equal(places.Where(place => !place.Key.StartsWith("chain ", StringComparison.Ordinal)).Sum(place => place.Value.Count), elements + transaction.ElementChange);
        Assert.Equal(places.Keys.Count(place => place.StartsWith("chain ", StringComparison.Ordinal)), chains + transaction.ChainChange);
    }

    [Fact]
    public async Task Ports_that_policy_Local_leaves_without_endpoints_here_are_counted()
    {
        Add(Given.Service("in", "10.96.0.10", spec => spec with { InternalTrafficPolicy = "Local" }), default);
        Add(Given.Slice("in", Given.Remote("10.244.2.1")), default);
        Add(Given.Service("out", "10.96.0.11", spec => Given.NodePort(spec, 30080) with { ExternalTrafficPolicy = "Local" }), default);
        Add(Given.Slice("out", Given.Remote("10.244.2.2")), default);
        Add(Given.Service("none", "10.96.0.12", spec => spec with { InternalTrafficPolicy = "Local" }), default);
        await SyncAsync(TimeSpan.Zero);
        Assert.Equal((1, 1), WithoutLocal());

        Add(Given.Slice("in", Given.Local("10.244.1.1")), default);
        tracker.Apply(new CacheChange<Service>(new ObjectKey("shop", "out"), null, null));
        await SyncAsync(TimeSpan.Zero);
        Assert.Equal((0, 0), WithoutLocal());

        (double, double) WithoutLocal() =>
            (Read["kubeproxy_sync_proxy_rules_no_local_endpoints_total{traffic_policy=\"internal\"}"], Read["kubeproxy_sync_proxy_rules_no_local_endpoints_total{traffic_policy=\"external\"}"]);
    }

    private async Task SyncAndCompareAsync()
    {
        await SyncAsync(TimeSpan.Zero);
        foreach (var table in (string[])["filter", "nat"])
        {
            var own = applier.Tables.Chains(table).Where(chain => chain.Key.StartsWith("KUBE-", StringComparison.Ordinal)).Sum(chain => chain.Value.Count);
            Assert.Equal(own, Read[$"kubeproxy_sync_proxy_rules_iptables_total{{table=\"{table}\"}}"]);
            Assert.Equal(own, Read[$"minik8s_proxy_rules{{family=\"IPv4\",place=\"{table}\"}}"]);
        }
    }

    private async Task SyncAsync(TimeSpan duration)
    {
        var change = metrics.Taken(tracker.Take());
        var report = await backend.SyncAsync(change, CancellationToken.None);
        clock.Advance(duration);
        metrics.Synced(change, report, duration);
    }

    private void Add<T>(T value, DateTimeOffset time) where T : class, IResource<T>
    {
        if (value is Service service) tracker.Apply(new CacheChange<Service>(ObjectKey.Of(service), null, service) { Time = time });
        if (value is EndpointSlice slice) tracker.Apply(new CacheChange<EndpointSlice>(ObjectKey.Of(slice), null, slice) { Time = time });
    }
}
