using Microsoft.Extensions.Logging;
using MiniK8s.Proxy.Apply;
using MiniK8s.Proxy.Health;
using MiniK8s.Proxy.Iptables;
using MiniK8s.Proxy.Metrics;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Sync;
using MiniK8s.Proxy.Tracking;
using MiniK8s.Runtime.Scheduling;

namespace MiniK8s.Proxy;

/// <summary>All parts of the proxy for one address family, put together.</summary>
internal sealed class FamilyProxy
{
    private const int NftChainsPerRestore = 1000;
    private readonly AfterSync after;

    public FamilyProxy(IpFamily family, ProxyOptions options, FamilyServices services, IptablesVersion version, IptablesTools tools)
    {
        Variant = version.Variant;
        Tracker = new ChangeTracker(new TrackerOptions(family, options.NodeName, options.Balancing));
        var settings = new IptablesSettings
        {
            Family = family,
            PodCidr = options.PodCidrOf(family),
            MasqueradeAll = options.MasqueradeAll,
            RandomFully = version.HasRandomFully,
            // The older tables are read and written whole each time, so there every batch would cost as much as everything.
            ChainsPerRestore = version.Variant == "nft" ? NftChainsPerRestore : int.MaxValue,
        };
        var log = services.Loggers.CreateLogger<RuleSync>();
        Sync = new RuleSync(Tracker, new IptablesBackend(settings, new IptablesApplier(tools, services.Runner)), SyncOptions(family, options, services, log), services.Metrics);
        after = new AfterSync(services.Ports, services.Health, services.Metrics, log);
        Sync.Synced += change =>
        {
            services.Health.Synced();
            after.Add(change);
        };
    }

    /// <summary>The way into the kernel that is in use: <c>nft</c> or <c>legacy</c>.</summary>
    public string Variant { get; }

    public ChangeTracker Tracker { get; }

    public RuleSync Sync { get; }

    /// <summary>Works until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(Sync.RunAsync(cancellationToken), after.RunAsync(cancellationToken));

    private static RuleSyncOptions SyncOptions(IpFamily family, ProxyOptions options, FamilyServices services, ILogger log) => new()
    {
        Rhythm = new BoundedRunnerOptions
        {
            Name = $"sync of {family.Name} rules",
            MinInterval = options.MinSyncPeriod,
            MaxInterval = options.SyncPeriod,
            RetryInterval = TimeSpan.FromSeconds(1),
        },
        Clock = services.Clock,
        Log = log,
        OnQueued = services.Health.Queued,
    };
}

/// <summary>What both families share.</summary>
internal sealed record FamilyServices(TimeProvider Clock, ILoggerFactory Loggers)
{
    public required ToolRunner Runner { get; init; }

    public required SyncHealth Health { get; init; }

    public required HealthCheckPorts Ports { get; init; }

    public required ProxyMetrics Metrics { get; init; }
}
