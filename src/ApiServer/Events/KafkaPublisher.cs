using Confluent.Kafka;
using MiniK8s.ApiServer.Storage;

namespace MiniK8s.ApiServer.Events;

/// <summary>
/// Publishes every change of the store to Kafka: the store's revision log is the outbox, this is its relay. Of several API
/// servers one publishes at a time. Kafka away delays the messages and nothing else. Messages may be repeated after a restart;
/// none is left out, unless the store compacted it away, which consumers are told.
/// </summary>
/// <param name="store">The log.</param>
/// <param name="options">Brokers, topic, lengths.</param>
/// <param name="clock">Time.</param>
/// <param name="log">Changes of state.</param>
public sealed partial class KafkaPublisher(IStore store, PublisherOptions options, TimeProvider clock, ILogger<KafkaPublisher> log)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private int _largestValue = options.LargestValue;
    private string? _told;

    /// <summary>Runs until cancelled; returns normally then.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var lease = new PublisherLease(store, options, clock);
        var pause = FirstPause;
        while (!cancellationToken.IsCancellationRequested)
        {
            var begun = clock.GetTimestamp();
            try
            {
                await AcquireAsync(lease, cancellationToken);
                await new PublisherTerm(store, lease, options, clock, log).RunAsync(_largestValue, cancellationToken);
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                Learn(e);
            }

            if (clock.GetElapsedTime(begun) > options.DeliveryLimit + LongestPause)
            {
                (pause, _told) = (FirstPause, null);
            }

            await Task.Delay(pause, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task AcquireAsync(PublisherLease lease, CancellationToken cancellationToken)
    {
        while (!await lease.TryAcquireAsync(cancellationToken))
        {
            await Task.Delay(options.RenewInterval, clock, cancellationToken);
        }
    }

    private void Learn(Exception failure)
    {
        if (failure is KafkaException { Error.Code: ErrorCode.MsgSizeTooLarge })
        {
            // The broker takes less than we thought. The next term sends the same change as a reference.
            _largestValue /= 2;
            Smaller(log, options.Topic, _largestValue);
        }
        else if (failure.Message != _told)
        {
            _told = failure.Message;
            Interrupted(log, options.Topic, failure.Message);
        }
    }

    [LoggerMessage(1511, LogLevel.Warning, "Publishing to the topic {Topic} is interrupted and will be resumed where it stopped: {Reason}")]
    private static partial void Interrupted(ILogger logger, string topic, string reason);

    [LoggerMessage(1512, LogLevel.Warning, "The topic {Topic} takes smaller messages than expected: values above {Bytes} bytes are sent as references")]
    private static partial void Smaller(ILogger logger, string topic, int bytes);
}
