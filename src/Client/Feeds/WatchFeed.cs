using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MiniK8s.Api.Declarations;
using MiniK8s.Client.Rest;

namespace MiniK8s.Client.Feeds;

/// <summary>The feed that asks the API server itself: a list in pages, then a watch from the list's version.</summary>
/// <param name="client">The API.</param>
/// <param name="clock">Time of the pauses and limits.</param>
/// <param name="log">Trouble, once each.</param>
/// <param name="options">Lengths and sizes.</param>
public sealed partial class WatchFeed(IApiClient client, TimeProvider? clock = null, ILogger<WatchFeed>? log = null, WatchFeedOptions? options = null)
    : IChangeFeed
{
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly ILogger _log = log ?? NullLogger<WatchFeed>.Instance;
    private readonly WatchFeedOptions _options = options ?? new();

    /// <inheritdoc/>
    public async IAsyncEnumerable<FeedEvent<T>> ReadAsync<T>(FeedScope scope, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class, IResource<T>
    {
        var session = new WatchSession<T>(client, scope, _options, _clock);
        var backoff = new Backoff(_options.Backoff);
        var trouble = new Trouble(_log, T.Info.Plural);
        while (true)
        {
            var start = _clock.GetTimestamp();
            await using var steps = session.StepAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (true)
            {
                var (more, failure) = await TryMoveAsync(steps, cancellationToken);
                if (!more)
                {
                    trouble.Seen(failure);
                    if (failure is not null && WatchSession<T>.MakesVersionUseless(failure))
                    {
                        session.Forget();
                    }

                    break;
                }

                trouble.Over();
                yield return steps.Current;
            }

            backoff.Worked(_clock.GetElapsedTime(start));
            await Task.Delay(backoff.Next(), _clock, cancellationToken);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever fails, the feed tries again; it ends only by cancellation.")]
    private static async ValueTask<(bool More, Exception? Failure)> TryMoveAsync<TItem>(IAsyncEnumerator<TItem> steps, CancellationToken cancellationToken)
    {
        try
        {
            return (await steps.MoveNextAsync(), null);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return (false, e);
        }
    }

    /// <summary>Logs the first failure of a row, and its end; the others only for those who look closely.</summary>
    private sealed partial class Trouble(ILogger log, string resource)
    {
        private bool _told;

        internal void Seen(Exception? failure)
        {
            if (failure is null)
            {
                return;
            }

            if (_told)
            {
                StillLost(log, resource, failure.Message);
            }
            else if (failure is Api.Errors.ApiException { IsGone: true })
            {
                TooOld(log, resource, failure.Message);
            }
            else
            {
                _told = true;
                Lost(log, resource, failure.Message);
            }
        }

        internal void Over()
        {
            if (_told)
            {
                _told = false;
                Back(log, resource);
            }
        }

        [LoggerMessage(3001, LogLevel.Warning, "The feed of {Resource} is interrupted and will retry: {Reason}")]
        private static partial void Lost(ILogger logger, string resource, string reason);

        [LoggerMessage(3002, LogLevel.Debug, "The feed of {Resource} is still interrupted: {Reason}")]
        private static partial void StillLost(ILogger logger, string resource, string reason);

        [LoggerMessage(3003, LogLevel.Information, "The feed of {Resource} goes on")]
        private static partial void Back(ILogger logger, string resource);

        [LoggerMessage(3004, LogLevel.Information, "The feed of {Resource} lists again: {Reason}")]
        private static partial void TooOld(ILogger logger, string resource, string reason);
    }
}
