using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MiniK8s.Api;
using MiniK8s.Api.Declarations;
using MiniK8s.Client.Feeds;

namespace MiniK8s.Client.Caching;

/// <summary>
/// Carries a feed into a cache, or whatever else follows it, and reads it again from the start where it breaks its contract.
/// </summary>
public sealed partial class Reflector<T>(IChangeFeed feed, IFeedTarget<T> target, FeedScope? scope = null, ILogger? log = null, TimeProvider? clock = null)
    where T : class, IResource<T>
{
    private readonly ILogger _log = log ?? NullLogger.Instance;
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly Backoff _backoff = new(new BackoffOptions());
    private ListState _list;

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

            _list = ListState.Complete;
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

    /// <summary>One step of the automaton: a list and what follows it must not be mixed.</summary>
    internal void Take(FeedEvent<T> step)
    {
        switch (step)
        {
            case FeedEvent<T>.Init:
                _list = ListState.Coming;
                target.Begin();
                break;
            case FeedEvent<T>.InitApply(var value) when _list == ListState.Coming:
                target.Add(value);
                break;
            case FeedEvent<T>.InitDone when _list == ListState.Coming:
                _list = ListState.Complete;
                target.Complete();
                break;
            case FeedEvent<T>.Apply(var value) when _list == ListState.Complete:
                target.Apply(value, step.Time);
                break;
            case FeedEvent<T>.Delete(var space, var name) when _list == ListState.Complete:
                target.Delete(new ObjectKey(space, name), step.Time);
                break;
            case FeedEvent<T>.InitApply or FeedEvent<T>.InitDone:
                throw new InvalidOperationException($"the feed of {T.Info.Plural} sent a part of a list before Init");
            default:
                throw new InvalidOperationException($"the feed of {T.Info.Plural} sent {step.GetType().Name} between Init and InitDone");
        }
    }

    private enum ListState
    {
        Complete,
        Coming,
    }

    [LoggerMessage(3102, LogLevel.Error, "The feed of {Resource} failed and is read again")]
    private static partial void FeedFailed(ILogger logger, Exception e, string resource);
}
