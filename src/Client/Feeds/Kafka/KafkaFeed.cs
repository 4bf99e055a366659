using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MiniK8s.Api;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Errors;
using MiniK8s.Api.Topics;
using MiniK8s.Client.Rest;

namespace MiniK8s.Client.Feeds.Kafka;

/// <summary>
/// The feed that hears of changes from Kafka, so that the number of readers costs the API server nothing. It begins with the
/// topic's end, then lists, then goes on with the topic; lists anew when something is missing; and while Kafka is away it does
/// what <see cref="WatchFeed"/> does. One consumer serves all kinds. Messages are hints: see <see cref="TopicState{T}"/>.
/// </summary>
public sealed class KafkaFeed : IChangeFeed, IAsyncDisposable
{
    // At the start the topic is given a moment, so that a healthy one saves the list before the watch.
    private static readonly TimeSpan FirstPatience = TimeSpan.FromSeconds(2);

    private readonly IApiClient _client;
    private readonly KafkaFeedOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly TopicReader _topic;

    /// <summary>Connects nothing yet; the first reader does.</summary>
    /// <param name="client">The API, for lists, and for everything while Kafka is away.</param>
    /// <param name="options">Brokers and topic.</param>
    /// <param name="clock">Time.</param>
    /// <param name="log">Trouble, once each.</param>
    public KafkaFeed(IApiClient client, KafkaFeedOptions options, TimeProvider? clock = null, ILogger<KafkaFeed>? log = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _client = client;
        _options = options;
        _clock = clock ?? TimeProvider.System;
        _log = log ?? NullLogger<KafkaFeed>.Instance;
        _topic = new TopicReader(options, _clock, _log);
    }

    /// <summary>How many messages of the topic made no sense and were left out.</summary>
    public long UnreadableMessages => _topic.Unreadable;

    /// <summary>How many readers follow the topic now; the others watch, or are about to list.</summary>
    public int Followers => _topic.Subscriptions;

    /// <summary>Completes when messages come from the topic.</summary>
    public Task LiveAsync(CancellationToken cancellationToken = default) => _topic.LiveAsync(cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<FeedEvent<T>> ReadAsync<T>(FeedScope scope, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class, IResource<T>
    {
        ArgumentNullException.ThrowIfNull(scope);
        await WaitALittleAsync(cancellationToken);
        var reading = new Reading<T>(this, scope);
        await foreach (var step in FeedLoop.RunAsync(reading.StepAsync, reading.Failed, _options.Watch.Backoff, _clock, new FeedTrouble(_log, T.Info.Plural), cancellationToken))
        {
            yield return step;
        }
    }

    /// <summary>Ends the consumer. Readers that are still there go on by watching.</summary>
    public ValueTask DisposeAsync() => _topic.DisposeAsync();

    private async Task WaitALittleAsync(CancellationToken cancellationToken)
    {
        using var enough = new CancellationTokenSource(FirstPatience, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(enough.Token, cancellationToken);
        await _topic.LiveAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>One reader: now on the topic, now on the watch.</summary>
    private sealed class Reading<T>(KafkaFeed feed, FeedScope scope) where T : class, IResource<T>
    {
        private readonly WatchSession<T> _session = new(feed._client, scope, feed._options.Watch, feed._clock);
        private readonly TopicState<T> _state = new(scope);

        /// <summary>Follows the topic to the next gap, or a watch to its end or to the topic's return.</summary>
        internal IAsyncEnumerable<FeedEvent<T>> StepAsync(CancellationToken cancellationToken)
        {
            if (feed._topic.TrySubscribe(ChangeTopic.KeyPrefix(T.Info)) is { } subscription)
            {
                _session.Forget();
                return FollowAsync(subscription, cancellationToken);
            }

            return WatchAsync(cancellationToken);
        }

        internal void Failed(Exception failure)
        {
            if (WatchSession<T>.MakesVersionUseless(failure))
            {
                _session.Forget();
            }
        }

        // Subscribed before the list is asked for: a change is in the list or comes after it, or both, and never in neither.
        private async IAsyncEnumerable<FeedEvent<T>> FollowAsync(
            TopicSubscription subscription, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            using var subscribed = subscription;
            await foreach (var step in _session.ListAsync(cancellationToken))
            {
                Note(step);
                yield return step;
            }

            // The version of the list is not kept up to date from here on.
            _session.Forget();
            await foreach (var change in subscription.ReadAsync(cancellationToken))
            {
                if (await JudgeAsync(change, cancellationToken) is { } step)
                {
                    yield return step;
                }
            }
        }

        private void Note(FeedEvent<T> step)
        {
            switch (step)
            {
                case FeedEvent<T>.Init:
                    _state.BeginList();
                    break;
                case FeedEvent<T>.InitApply(var value):
                    _state.Listed(value);
                    break;
                case FeedEvent<T>.InitDone(var revision):
                    _state.EndList(revision);
                    break;
            }
        }

        private async Task<FeedEvent<T>?> JudgeAsync(TopicMessage.Change change, CancellationToken cancellationToken)
        {
            var step = _state.Take(change);
            if (step is TopicStep<T>.Fetch(var key))
            {
                step = _state.Fetched(key, await FetchAsync(key, cancellationToken), change.Time);
            }

            return step switch
            {
                TopicStep<T>.Tell(var told) => told,
                TopicStep<T>.Relist(var reason) => throw new TopicBrokenException(reason),
                _ => null,
            };
        }

        private async Task<T?> FetchAsync(ObjectKey key, CancellationToken cancellationToken)
        {
            try
            {
                return await feed._client.GetAsync<T>(key.Namespace, key.Name, cancellationToken);
            }
            catch (ApiException e) when (e.IsNotFound)
            {
                return null;
            }
        }

        private async IAsyncEnumerable<FeedEvent<T>> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            using var until = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            _ = CancelWhenLiveAsync(until);
            await using var steps = _session.StepAsync(until.Token).GetAsyncEnumerator(until.Token);
            while (await MoveAsync(steps, until.Token, cancellationToken))
            {
                yield return steps.Current;
            }

            await until.CancelAsync();
        }

        private async Task CancelWhenLiveAsync(CancellationTokenSource until)
        {
            try
            {
                await feed._topic.LiveAsync(until.Token);
                await until.CancelAsync();
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                // The watch ended before.
            }
        }

        // False when the watch ended, or the topic has come back.
        private static async ValueTask<bool> MoveAsync<TItem>(IAsyncEnumerator<TItem> steps, CancellationToken until, CancellationToken cancellationToken)
        {
            try
            {
                return await steps.MoveNextAsync();
            }
            catch (Exception) when (until.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                return false;
            }
        }
    }
}
