using System.Runtime.CompilerServices;
using MiniK8s.Api.Declarations;

namespace MiniK8s.Client.Feeds;

/// <summary>What all feeds have in common: one attempt after the other, for ever, with pauses that grow while attempts fail.</summary>
internal static class FeedLoop
{
    /// <param name="attempt">Begins an attempt; it ends normally or by whatever exception.</param>
    /// <param name="failed">Told of each exception before the next attempt.</param>
    /// <param name="pauses">Lengths of the pauses.</param>
    /// <param name="clock">Whose time they are.</param>
    /// <param name="trouble">Logs.</param>
    /// <param name="cancellationToken">Ends the loop, by exception.</param>
    internal static async IAsyncEnumerable<FeedEvent<T>> RunAsync<T>(
        Func<CancellationToken, IAsyncEnumerable<FeedEvent<T>>> attempt,
        Action<Exception> failed,
        BackoffOptions pauses,
        TimeProvider clock,
        FeedTrouble trouble,
        [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class, IResource<T>
    {
        var backoff = new Backoff(pauses);
        while (true)
        {
            var begun = clock.GetTimestamp();
            await using var steps = attempt(cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (true)
            {
                var (more, failure) = await TryMoveAsync(steps, cancellationToken);
                if (failure is not null)
                {
                    trouble.Seen(failure);
                    failed(failure);
                }

                if (!more)
                {
                    break;
                }

                trouble.Over();
                yield return steps.Current;
            }

            backoff.Worked(clock.GetElapsedTime(begun));
            await Task.Delay(backoff.Next(), clock, cancellationToken);
        }
    }

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
}
