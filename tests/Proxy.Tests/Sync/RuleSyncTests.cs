using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Client.Caching;
using MiniK8s.Proxy.Iptables;
using MiniK8s.Proxy.Metrics;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Sync;
using MiniK8s.Proxy.Tests.Kit;
using MiniK8s.Proxy.Tracking;
using MiniK8s.Runtime.Scheduling;
using MiniK8s.TestKit;
using MiniK8s.TestKit.Time;

namespace MiniK8s.Proxy.Tests.Sync;

public sealed class RuleSyncTests : IAsyncLifetime
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(15);
    private readonly ManualClock clock = new();
    private readonly FakeApplier applier = new();
    private readonly ChangeTracker tracker = new(new TrackerOptions(IpFamily.V4, Given.NodeName, Balancing.Random));
    private readonly ProxyMetrics metrics;
    private readonly CancellationTokenSource stop = new();
    private readonly RuleSync sync;
    private readonly ConcurrentQueue<(ProxyChange Change, bool IsFull)> told = [];
    private Task running = Task.CompletedTask;

    public RuleSyncTests()
    {
        metrics = new ProxyMetrics(clock);
        var rhythm = new BoundedRunnerOptions { Name = "sync", MinInterval = TimeSpan.FromMilliseconds(10), MaxInterval = Period, RetryInterval = TimeSpan.FromSeconds(1) };
        sync = new RuleSync(
            tracker,
            new IptablesBackend(new IptablesSettings { Family = IpFamily.V4 }, applier),
            new RuleSyncOptions { Rhythm = rhythm, Clock = clock, Log = NullLogger.Instance },
            metrics);
        sync.Synced += (change, isFull) => told.Enqueue((change, isFull));
        Add(Given.Service("web", "10.96.0.10"));
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await stop.CancelAsync();
        await running;
        stop.Dispose();
    }

    [Fact]
    public async Task The_first_change_is_written_at_once_and_those_that_come_meanwhile_travel_together()
    {
        Start();
        await sync.FirstSync;
        await clock.ArmedAsync();

        Add(Given.Service("one", "10.96.0.1"));
        Add(Given.Service("two", "10.96.0.2"));
        clock.Advance(TimeSpan.FromMilliseconds(10));
        await ScriptsAsync(2);

        Assert.Contains("shop/one", applier.Scripts[1], StringComparison.Ordinal);
        Assert.Contains("shop/two", applier.Scripts[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_sync_is_tried_again_in_full_without_a_new_change()
    {
        applier.Failures = 1;
        Start();
        await ScriptsAsync(1);
        Assert.False(sync.FirstSync.IsCompleted);
        await PassAsync(TimeSpan.FromMilliseconds(10));
        await PassAsync(TimeSpan.FromSeconds(1));
        await sync.FirstSync.WaitAsync(Eventually.DefaultTimeout, TimeProvider.System);

        Assert.Equal(2, applier.Scripts.Count);
        Assert.Equal(2, applier.Reads);
        var (change, isFull) = Assert.Single(told);
        Assert.Equal((true, "shop/web:http"), (isFull, Assert.Single(change.Touched).ToString()));
        Assert.Empty(change.Previous.Services);
        Assert.Contains("kubeproxy_sync_proxy_rules_iptables_restore_failures_total 1", metrics.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_somebody_flushed_is_back_after_one_period()
    {
        Start();
        await sync.FirstSync;
        var before = applier.Tables.Save();
        applier.Tables.Flush("nat");

        await PassAsync(TimeSpan.FromMilliseconds(10));
        await PassAsync(Period);
        await ScriptsAsync(2);

        Assert.Equal(before, applier.Tables.Save());
        await Eventually.TrueAsync(() => told.Count == 2, "what follows a sync has heard of it");
        Assert.True(told.Last() is { IsFull: true, Change.Touched.Count: 0 });
        Assert.Contains("minik8s_proxy_repairs_total 1", metrics.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_steady_stream_of_changes_does_not_keep_the_check_away()
    {
        Start();
        await sync.FirstSync;
        applier.Tables.Flush("filter");
        await PassAsync(TimeSpan.FromMilliseconds(10));
        clock.Advance(Period - TimeSpan.FromMilliseconds(11));
        Add(Given.Service("one", "10.96.0.1"));
        await ScriptsAsync(2);
        await clock.ArmedAsync();

        Add(Given.Service("two", "10.96.0.2"));
        clock.Advance(TimeSpan.FromMilliseconds(11));
        await ScriptsAsync(3);

        Assert.Contains("*filter", applier.Scripts[2], StringComparison.Ordinal);
        Assert.NotEmpty(applier.Tables.Chains("filter")["KUBE-FORWARD"]);
    }

    private void Start() => running = Task.Run(() => sync.RunAsync(stop.Token));

    private async Task PassAsync(TimeSpan time)
    {
        await clock.ArmedAsync();
        clock.Advance(time);
    }

    private Task ScriptsAsync(int count) => Eventually.TrueAsync(() => applier.Scripts.Count >= count, $"{count} scripts were run");

    private void Add(Service service) => tracker.Apply(new CacheChange<Service>(ObjectKey.Of(service), null, service));
}
