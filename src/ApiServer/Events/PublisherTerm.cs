using MiniK8s.Api.Topics;
using MiniK8s.ApiServer.Storage;

namespace MiniK8s.ApiServer.Events;

/// <summary>What a publisher does while it holds the lease: follows the store's log and sends it, renews, moves the checkpoint.</summary>
/// <param name="store">The log.</param>
/// <param name="lease">The lease, held.</param>
/// <param name="options">Lengths.</param>
/// <param name="clock">Time.</param>
/// <param name="log">Changes of state.</param>
internal sealed partial class PublisherTerm(IStore store, PublisherLease lease, PublisherOptions options, TimeProvider clock, ILogger log)
{
    private const string Prefix = "/registry/";

    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    private ChangePosition _last;
    private long _lastSentAt;

    /// <summary>Runs until cancelled, or until lease or broker are lost, which throws. Gives the lease back in the end.</summary>
    /// <param name="largestValue">Values above it become references.</param>
    /// <param name="cancellationToken">Ends the term.</param>
    internal async Task RunAsync(int largestValue, CancellationToken cancellationToken)
    {
        var now = await store.CurrentRevisionAsync(cancellationToken);
        var checkpoint = await lease.ReadCheckpointAsync(cancellationToken);

        // One that lies in the future is of another store's history: a store put back from a copy.
        var isUsable = checkpoint is not null && checkpoint.Revision <= now;
        var tracker = new AckTracker(isUsable ? checkpoint! : new PublisherCheckpoint(now, ""));
        try
        {
            await PublishAsync(tracker, isFirst: !isUsable, largestValue, cancellationToken);
        }
        finally
        {
            await ReleaseAsync(tracker);
        }
    }

    private async Task PublishAsync(AckTracker tracker, bool isFirst, int largestValue, CancellationToken cancellationToken)
    {
        using var producer = new TopicProducer(options, log);
        await producer.EnsureTopicAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var builder = new ChangeMessageBuilder(lease.Epoch, largestValue);
        Began(log, lease.Epoch, options.Topic, tracker.Checkpoint.Revision);
        Task[] parts = [TailAsync(producer, builder, tracker, isFirst, stop.Token), RenewAsync(tracker, stop.Token), producer.Failure];
        try
        {
            await await Task.WhenAny(parts);
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(parts[..2]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            producer.Flush(LastWords);
        }
    }

    // The store's watch is the outbox: every change after the checkpoint, in order, none left out.
    private async Task TailAsync(TopicProducer producer, ChangeMessageBuilder builder, AckTracker tracker, bool isFirst, CancellationToken cancellationToken)
    {
        _last = tracker.Checkpoint.LastPosition;
        if (isFirst)
        {
            await ResyncAsync(producer, builder, tracker.Checkpoint.Revision, cancellationToken);
        }

        while (true)
        {
            try
            {
                await FollowAsync(producer, builder, tracker, cancellationToken);
            }
            catch (CompactedException e)
            {
                var revision = await store.CurrentRevisionAsync(cancellationToken);
                Compacted(log, tracker.Checkpoint.Revision, e.CompactRevision, revision);
                tracker.Reached(revision);
                await ResyncAsync(producer, builder, revision, cancellationToken);
            }
        }
    }

    private async Task ResyncAsync(TopicProducer producer, ChangeMessageBuilder builder, long revision, CancellationToken cancellationToken)
    {
        var acknowledged = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await producer.SendAsync(builder.Resync(revision), acknowledged.SetResult, cancellationToken);
        await acknowledged.Task.WaitAsync(cancellationToken);
        _last = ChangePosition.Start;
        _lastSentAt = clock.GetTimestamp();
    }

    private async Task FollowAsync(TopicProducer producer, ChangeMessageBuilder builder, AckTracker tracker, CancellationToken cancellationToken)
    {
        var reached = tracker.Checkpoint.Revision;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var batches = store.WatchAsync(Prefix, reached, stop.Token).GetAsyncEnumerator(stop.Token);
        var next = Task.FromResult(true);
        try
        {
            await SendProgressAsync(producer, builder, reached, cancellationToken);
            while (true)
            {
                next = batches.MoveNextAsync().AsTask();
                while (await IsSilentAsync(next, cancellationToken))
                {
                    await SendProgressAsync(producer, builder, reached, cancellationToken);
                }

                await next;
                await SendAsync(producer, builder, tracker, batches.Current, cancellationToken);
                reached = batches.Current.Revision;
            }
        }
        finally
        {
            // An enumerator may be disposed of only when nobody waits for its next element.
            await stop.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task SendAsync(
        TopicProducer producer, ChangeMessageBuilder builder, AckTracker tracker, StoreBatch batch, CancellationToken cancellationToken)
    {
        for (var i = 0; i < batch.Events.Count; i++)
        {
            var message = builder.Change(batch.Events[i], i, _last);
            _last = new ChangePosition(batch.Revision, i);
            var sending = tracker.Sent(_last);
            await producer.SendAsync(message, () => tracker.Acknowledged(sending), cancellationToken);
        }

        tracker.Reached(batch.Revision);
        if (clock.GetElapsedTime(_lastSentAt) >= options.ProgressInterval)
        {
            await SendProgressAsync(producer, builder, batch.Revision, cancellationToken);
        }
    }

    private async Task SendProgressAsync(TopicProducer producer, ChangeMessageBuilder builder, long revision, CancellationToken cancellationToken)
    {
        _lastSentAt = clock.GetTimestamp();
        await producer.SendAsync(builder.Progress(revision, _last), () => { }, cancellationToken);
    }

    // True when it is time to show that the publisher lives; false when the store has something.
    private async Task<bool> IsSilentAsync(Task next, CancellationToken cancellationToken)
    {
        if (next.IsCompleted)
        {
            return false;
        }

        var left = options.ProgressInterval - clock.GetElapsedTime(_lastSentAt);
        if (left <= TimeSpan.Zero)
        {
            return true;
        }

        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pause = Task.Delay(left, clock, over.Token);
        var first = await Task.WhenAny(next, pause);
        await over.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        return first == pause;
    }

    private async Task RenewAsync(AckTracker tracker, CancellationToken cancellationToken)
    {
        var renewed = clock.GetTimestamp();
        while (true)
        {
            await Task.Delay(options.RenewInterval, clock, cancellationToken);
            try
            {
                if (!await lease.RenewAsync(tracker.Checkpoint, cancellationToken))
                {
                    throw new InvalidOperationException("another publisher has taken the lease");
                }

                renewed = clock.GetTimestamp();
            }
            catch (StoreUnavailableException) when (clock.GetElapsedTime(renewed) < options.LeaseDuration)
            {
                // Until the lease is over, nobody else publishes.
            }
        }
    }

    private async Task ReleaseAsync(AckTracker tracker)
    {
        using var limit = new CancellationTokenSource(LastWords, clock);
        try
        {
            await lease.ReleaseAsync(tracker.Checkpoint, limit.Token);
        }
        catch (Exception e)
        {
            NotReleased(log, e.Message);
        }
    }

    [LoggerMessage(1501, LogLevel.Information, "Publishing to the topic {Topic}, term {Epoch}, from revision {Revision}")]
    private static partial void Began(ILogger logger, long epoch, string topic, long revision);

    [LoggerMessage(1502, LogLevel.Warning, "Revision {Checkpoint} is compacted away (oldest kept {Oldest}); consumers are told to list anew, publishing goes on at {Revision}")]
    private static partial void Compacted(ILogger logger, long checkpoint, long oldest, long revision);

    [LoggerMessage(1503, LogLevel.Debug, "The publisher's lease was not given back: {Reason}")]
    private static partial void NotReleased(ILogger logger, string reason);
}
