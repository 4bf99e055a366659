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
public sealed class WatchFeed(IApiClient client, TimeProvider? clock = null, ILogger<WatchFeed>? log = null, WatchFeedOptions? options = null)
    : IChangeFeed
{
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly ILogger _log = log ?? NullLogger<WatchFeed>.Instance;
    private readonly WatchFeedOptions _options = options ?? new();

    /// <inheritdoc/>
    public async IAsyncEnumerable<FeedEvent<T>> ReadAsync<T>(FeedScope scope, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class, IResource<T>
    {
        ArgumentNullException.ThrowIfNull(scope);
        var session = new WatchSession<T>(client, scope, _options, _clock);
        await foreach (var step in FeedLoop.RunAsync(session.StepAsync, Failed, _options.Backoff, _clock, new FeedTrouble(_log, T.Info.Plural), cancellationToken))
        {
            yield return step;
        }

        void Failed(Exception failure)
        {
            if (WatchSession<T>.MakesVersionUseless(failure))
            {
                session.Forget();
            }
        }
    }
}
