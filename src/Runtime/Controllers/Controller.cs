using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using MiniK8s.Api;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Errors;
using MiniK8s.Client.Caching;
using MiniK8s.Runtime.Queues;

namespace MiniK8s.Runtime.Controllers;

/// <summary>
/// Feeds keys from caches to a reconciler through a work queue. Workers begin when every watched cache has synced. Whatever a
/// reconciliation throws is caught, logged once with its id, counted, and retried as <see cref="IReconciler"/> says.
/// </summary>
/// <param name="options">Name, workers, pauses.</param>
/// <param name="reconciler">What to do for a key.</param>
/// <param name="clock">Time of delays and pauses.</param>
/// <param name="log">Failures.</param>
public sealed partial class Controller(ControllerOptions options, IReconciler reconciler, TimeProvider clock, ILogger log) : IDisposable
{
    private readonly WorkQueue<ObjectKey> _queue = new(clock, options.Queue);
    private readonly List<Func<CancellationToken, Task>> _syncs = [];
    private readonly List<Action> _subscribe = [];
    private readonly List<IDisposable> _subscriptions = [];
    private readonly ConcurrentDictionary<ObjectKey, string> _told = new();
    private long _lastId;

    /// <summary>How reconciliations ended.</summary>
    public ControllerCounters Counters { get; } = new();

    /// <summary>Keys that wait, ready or delayed.</summary>
    public int QueueLength => _queue.Count;

    /// <summary>Reconciles the key of every object of a cache, now and whenever it changes. To be called before <see cref="RunAsync"/>.</summary>
    public Controller Watch<T>(ICache<T> cache) where T : class, IResource<T> => Watch(cache, change => [change.Key]);

    /// <summary>As above, for the keys that a change concerns; <paramref name="keys"/> sees the objects before and after.</summary>
    public Controller Watch<T>(ICache<T> cache, Func<CacheChange<T>, IEnumerable<ObjectKey>> keys) where T : class, IResource<T>
    {
        ArgumentNullException.ThrowIfNull(cache);
        _syncs.Add(cache.WaitForSyncAsync);
        _subscribe.Add(() => _subscriptions.Add(cache.Subscribe(change =>
        {
            foreach (var key in keys(change))
            {
                _queue.Add(key);
            }
        })));
        return this;
    }

    /// <summary>Reconciles a key now.</summary>
    public void Enqueue(ObjectKey key) => _queue.Add(key);

    /// <summary>Reconciles a key after a time, or earlier if it changes.</summary>
    public void EnqueueAfter(ObjectKey key, TimeSpan delay) => _queue.AddAfter(key, delay);

    /// <summary>Runs until cancelled; returns normally when the reconciliations that were running have ended. Runs once.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(_syncs.Select(sync => sync(cancellationToken)));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return;
        }

        _subscribe.ForEach(subscribe => subscribe());
        Started(log, options.Name, options.Workers);
        try
        {
            await Task.WhenAll(Enumerable.Range(0, options.Workers).Select(_ => Task.Run(() => WorkAsync(cancellationToken), CancellationToken.None)));
        }
        finally
        {
            _subscriptions.ForEach(subscription => subscription.Dispose());
            _queue.ShutDown();
        }
    }

    /// <summary>Stops the queue.</summary>
    public void Dispose() => _queue.Dispose();

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await _queue.TakeAsync(cancellationToken) is (true, var key))
            {
                await ProcessAsync(key, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to stop while idle.
        }
    }

    private async Task ProcessAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        var id = Interlocked.Increment(ref _lastId);
        using var scope = log.BeginScope("{Controller} {Key} {ReconcileId}", options.Name, key, id);
        try
        {
            var result = await reconciler.ReconcileAsync(key, cancellationToken);
            _queue.Forget(key);
            _told.TryRemove(key, out _);
            if (result.Delay is { } delay)
            {
                _queue.AddAfter(key, delay);
            }

            Counters.Add(result.Delay is null ? ReconcileOutcome.Success : ReconcileOutcome.After);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to stop in the middle: whoever runs next starts from the level.
        }
        catch (Exception e)
        {
            Retry(key, id, e);
        }
        finally
        {
            _queue.Done(key);
        }
    }

    // Counted last: who sees the count may rely on the retry being on its way.
    private void Retry(ObjectKey key, long id, Exception failure)
    {
        switch (failure)
        {
            case TerminalException:
                _queue.Forget(key);
                GivenUp(log, failure, options.Name, key, id);
                Counters.Add(ReconcileOutcome.Terminal);
                break;
            case ApiException { IsConflict: true }:
                Conflicted(log, options.Name, key, id, _queue.AddAfterFailure(key));
                Counters.Add(ReconcileOutcome.Conflict);
                break;
            default:
                Tell(key, id, failure, _queue.AddAfterFailure(key));
                Counters.Add(ReconcileOutcome.Error);
                break;
        }
    }

    // A failure that stays the same is told once; its retries only to those who look for details.
    private void Tell(ObjectKey key, long id, Exception failure, TimeSpan delay)
    {
        var told = _told.TryGetValue(key, out var before) && before == failure.Message;
        _told[key] = failure.Message;
        if (told) StillFailing(log, options.Name, key, id, delay, failure.Message);
        else Failed(log, failure, options.Name, key, id, delay);
    }

    [LoggerMessage(2005, LogLevel.Debug, "Controller {Controller} still fails on {Key} (reconcile {ReconcileId}) and retries in {Delay}: {Message}")]
    private static partial void StillFailing(ILogger logger, string controller, ObjectKey key, long reconcileId, TimeSpan delay, string message);

    [LoggerMessage(2001, LogLevel.Information, "Controller {Controller} works with {Workers} workers")]
    private static partial void Started(ILogger logger, string controller, int workers);

    [LoggerMessage(2002, LogLevel.Warning, "Controller {Controller} failed on {Key} (reconcile {ReconcileId}) and retries in {Delay}")]
    private static partial void Failed(ILogger logger, Exception e, string controller, ObjectKey key, long reconcileId, TimeSpan delay);

    [LoggerMessage(2003, LogLevel.Debug, "Controller {Controller} lost a race on {Key} (reconcile {ReconcileId}) and retries in {Delay}")]
    private static partial void Conflicted(ILogger logger, string controller, ObjectKey key, long reconcileId, TimeSpan delay);

    [LoggerMessage(2004, LogLevel.Error, "Controller {Controller} gives up on {Key} (reconcile {ReconcileId}) until it changes")]
    private static partial void GivenUp(ILogger logger, Exception e, string controller, ObjectKey key, long reconcileId);
}
