using Microsoft.Extensions.Logging;
using MiniK8s.Proxy.Health;
using MiniK8s.Proxy.Metrics;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Sync;
using MiniK8s.Proxy.Tracking;
using MiniK8s.Runtime.Scheduling;

namespace MiniK8s.Proxy;

/// <summary>All parts of the proxy for one address family, put together.</summary>
internal sealed class FamilyProxy : IDisposable
{
    private readonly AfterSync after;
    private readonly IProxyBackend backend;

    public FamilyProxy(IpFamily family, ProxyOptions options, FamilyServices services, IProxyBackend backend)
    {
        this.backend = backend;
        Tracker = new ChangeTracker(new TrackerOptions(family, options.NodeName, options.Balancing) { OnlyPrimaryNodePorts = services.OnlyPrimaryNodePorts });
        var log = services.Loggers.CreateLogger<RuleSync>();
        Sync = new RuleSync(Tracker, backend, SyncOptions(family, options, services, log), services.Metrics);
        after = new AfterSync(services.Ports, services.Health, services.Metrics, log);
        Sync.Synced += (change, isFull) =>
        {
            services.Health.Synced(family);
            after.Add(change, isFull);
        };
    }

    public ChangeTracker Tracker { get; }

    public RuleSync Sync { get; }

    /// <summary>Works until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(Sync.RunAsync(cancellationToken), after.RunAsync(cancellationToken));

    /// <summary>Lets go of the kernel; the rules stay.</summary>
    public void Dispose() => backend.Dispose();

    private static RuleSyncOptions SyncOptions(IpFamily family, ProxyOptions options, FamilyServices services, ILogger log) => new()
    {
        Rhythm = new BoundedRunnerOptions
        {
            Name = $"sync of {family.Name} rules",
            MinInterval = services.MinSyncPeriod,
            MaxInterval = options.SyncPeriod,
            RetryInterval = TimeSpan.FromSeconds(1),
            // The thread that brings a change writes it: waking another one can cost more than the write.
            RunsWhereRequested = true,
        },
        Clock = services.Clock,
        Log = log,
        OnQueued = () => services.Health.Queued(family),
    };
}

/// <summary>What both families share.</summary>
internal sealed record FamilyServices(TimeProvider Clock, ILoggerFactory Loggers)
{
    public required SyncHealth Health { get; init; }

    public required HealthCheckPorts Ports { get; init; }

    public required ProxyMetrics Metrics { get; init; }

    /// <summary>Syncs begin no closer together.</summary>
    public required TimeSpan MinSyncPeriod { get; init; }

    /// <summary>Whether node ports answer on the node's primary address only.</summary>
    public required bool OnlyPrimaryNodePorts { get; init; }
}
