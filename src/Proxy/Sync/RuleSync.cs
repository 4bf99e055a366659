using Microsoft.Extensions.Logging;
using MiniK8s.Proxy.Metrics;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Tracking;
using MiniK8s.Runtime.Scheduling;

namespace MiniK8s.Proxy.Sync;

/// <summary>
/// Keeps one address family's rules as the tracker's model wants them: a change is written at once, what comes meanwhile goes
/// with the next, what failed is tried again in full, and from time to time the kernel is asked whether it is all still there.
/// </summary>
internal sealed partial class RuleSync
{
    private const int CheckShare = 200;
    private readonly ChangeTracker tracker;
    private readonly IProxyBackend backend;
    private readonly RuleSyncOptions options;
    private readonly ProxyMetrics metrics;
    private readonly BoundedRunner runner;
    private readonly TaskCompletionSource synced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long lastCheck;
    private long lastRepair;
    private long lastComparison;
    private volatile bool isDisturbed;
    private TimeSpan comparisonInterval;
    private ProxyChange? unsynced;

    public RuleSync(ChangeTracker tracker, IProxyBackend backend, RuleSyncOptions options, ProxyMetrics metrics)
    {
        (this.tracker, this.backend, this.options, this.metrics) = (tracker, backend, options, metrics);
        runner = new BoundedRunner(RunOnceAsync, options.Rhythm, options.Clock, options.Log);
        comparisonInterval = options.Rhythm.MaxInterval;
        lastCheck = lastComparison = options.Clock.GetTimestamp();
        lastRepair = lastCheck - (long)(options.Rhythm.MaxInterval.TotalSeconds * options.Clock.TimestampFrequency);
    }

    /// <summary>Completes with the first sync that succeeds.</summary>
    public Task FirstSync => synced.Task;

    /// <summary>
    /// Told of every sync that succeeded, with all that changed since the last that did, and of whether everything was written. From
    /// the sync's own thread: it must be short.
    /// </summary>
    public event Action<ProxyChange, bool>? Synced;

    /// <summary>Writes what is known now, then every change, until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        tracker.Changed += OnChanged;
        backend.Disturbed += OnDisturbed;
        try
        {
            OnChanged();
            await runner.RunAsync(cancellationToken);
        }
        finally
        {
            tracker.Changed -= OnChanged;
            backend.Disturbed -= OnDisturbed;
        }
    }

    private void OnChanged()
    {
        metrics.Queued();
        options.OnQueued?.Invoke();
        runner.Request();
    }

    /// <summary>
    /// Looked at right away; but who changes the rules all the time is put right once a period. Not on the thread that tells: it has to
    /// hear what else happens to the rules meanwhile.
    /// </summary>
    private void OnDisturbed()
    {
        if (Interlocked.Exchange(ref isDisturbed, true)) return;
        ThreadPool.QueueUserWorkItem(static runner => runner.Request(), runner, preferLocal: false);
    }

    private async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        var step = ProxyError.Check;
        try
        {
            if (synced.Task.IsCompleted) await CheckAsync(cancellationToken);
            step = ProxyError.Apply;
            await SyncAsync(cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            metrics.Failed(step);
            throw;
        }
    }

    private async Task SyncAsync(CancellationToken cancellationToken)
    {
        var begun = options.Clock.GetTimestamp();
        var change = metrics.Taken(tracker.Take());
        unsynced = unsynced?.Then(change) ?? change;
        var report = await backend.SyncAsync(change, cancellationToken);
        var duration = options.Clock.GetElapsedTime(begun);
        metrics.Synced(change, report, duration);
        if (report.IsFull) FullSync(options.Log, tracker.Family.Name, change.Current.Services.Count, report.Bytes, duration.TotalMilliseconds);
        else if (report.Objects > 0) PartialSync(options.Log, change.Touched.Count, report.Objects, report.Bytes, duration.TotalMilliseconds);
        (var all, unsynced) = (unsynced, null);
        Synced?.Invoke(all, report.IsFull);
        synced.TrySetResult();
    }

    /// <summary>
    /// Once a period, a look at whether the tables were emptied. Comparing everything costs more the more there is, so it happens the
    /// rarer the longer it takes: half a percent of the time at most.
    /// </summary>
    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        var isDue = options.Clock.GetElapsedTime(lastCheck) >= options.Rhythm.MaxInterval;
        var isUrgent = isDisturbed && options.Clock.GetElapsedTime(lastRepair) >= options.Rhythm.MaxInterval;
        if (!isDue && !isUrgent) return;
        // This can take longer than who brought a change, and reads for others too, may be held up.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        isDisturbed = false;
        var begun = lastCheck = options.Clock.GetTimestamp();
        var isThorough = options.Clock.GetElapsedTime(lastComparison) >= comparisonInterval;
        var difference = await backend.CheckAsync(isThorough, cancellationToken);
        if (isThorough)
        {
            var cost = options.Clock.GetElapsedTime(begun) * CheckShare;
            comparisonInterval = cost > options.Rhythm.MaxInterval ? cost : options.Rhythm.MaxInterval;
            lastComparison = begun;
        }
        if (difference is null) return;
        lastRepair = begun;
        metrics.Repaired();
        Tampered(options.Log, tracker.Family.Name, difference);
    }

    [LoggerMessage(4001, LogLevel.Information, "{Family}: all rules written: {Services} service ports, {Bytes} bytes in {Milliseconds:F1} ms")]
    private static partial void FullSync(ILogger logger, string family, int services, int bytes, double milliseconds);

    [LoggerMessage(4002, LogLevel.Debug, "{Services} service ports changed: {Chains} chains, {Bytes} bytes in {Milliseconds:F1} ms")]
    private static partial void PartialSync(ILogger logger, int services, int chains, int bytes, double milliseconds);

    [LoggerMessage(4003, LogLevel.Warning, "{Family}: the rules were changed by somebody else ({Difference}); writing them all again")]
    private static partial void Tampered(ILogger logger, string family, string difference);
}

/// <summary>How a <see cref="RuleSync"/> works.</summary>
internal sealed record RuleSyncOptions
{
    /// <summary>The largest interval is also how often the kernel's rules are compared.</summary>
    public required BoundedRunnerOptions Rhythm { get; init; }

    public required TimeProvider Clock { get; init; }

    public required ILogger Log { get; init; }

    /// <summary>Told when something waits to be synced.</summary>
    public Action? OnQueued { get; init; }
}
