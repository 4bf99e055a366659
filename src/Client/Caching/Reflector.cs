using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MiniK8s.Api;
using MiniK8s.Api.Declarations;
using MiniK8s.Client.Feeds;

namespace MiniK8s.Client.Caching;

/// <summary>
/// Carries a feed into a cache. A new list is collected beside the cache and takes its place only when it is complete, so readers
/// never see half of one, and what it lacks is deleted.
/// </summary>
public sealed partial class Reflector<T>(IChangeFeed feed, Cache<T> cache, FeedScope? scope = null, ILogger? log = null, TimeProvider? clock = null)
    where T : class, IResource<T>
{
    private readonly ILogger _log = log ?? NullLogger.Instance;
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly Backoff _backoff = new(new BackoffOptions());
    private Dictionary<ObjectKey, T>? _incoming;

    /// <summary>Runs until cancelled, and returns normally then. A feed that fails against its contract is read again from the start.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var start = _clock.GetTimestamp();
            try
            {
                await FollowAsync(cancellationToken);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                FeedFailed(_log, e, T.Info.Plural);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            _incoming = null;
            _backoff.Worked(_clock.GetElapsedTime(start));
            await Task.Delay(_backoff.Next(), _clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        await foreach (var step in feed.ReadAsync<T>(scope ?? FeedScope.All, cancellationToken))
        {
            Take(step);
        }
    }

    /// <summary>One step of the automaton: between Init and InitDone into the buffer, afterwards into the cache.</summary>
    internal void Take(FeedEvent<T> step)
    {
        switch (step)
        {
            case FeedEvent<T>.Init:
                _incoming = [];
                break;
            case FeedEvent<T>.InitApply(var value):
                Incoming[ObjectKey.Of(value)] = value;
                break;
            case FeedEvent<T>.InitDone:
                cache.Replace(Incoming.Values);
                _incoming = null;
                break;
            case FeedEvent<T>.Apply(var value) when _incoming is null:
                cache.Apply(value, step.Time);
                break;
            case FeedEvent<T>.Delete(var space, var name) when _incoming is null:
                cache.Delete(new ObjectKey(space, name), step.Time);
                break;
            default:
                throw new InvalidOperationException($"the feed of {T.Info.Plural} sent {step.GetType().Name} between Init and InitDone");
        }
    }

    private Dictionary<ObjectKey, T> Incoming =>
        _incoming ?? throw new InvalidOperationException($"the feed of {T.Info.Plural} sent a part of a list before Init");

    [LoggerMessage(3102, LogLevel.Error, "The feed of {Resource} failed and is read again")]
    private static partial void FeedFailed(ILogger logger, Exception e, string resource);
}
