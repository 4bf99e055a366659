using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace MiniK8s.Client.Feeds.Kafka;

/// <summary>
/// The one consumer of a process, shared by all its feeds. It is <em>live</em> while messages come; when the brokers are away or
/// the topic is silent, all subscriptions end and none can be made until messages come again.
/// </summary>
internal sealed partial class TopicReader(KafkaFeedOptions options, TimeProvider clock, ILogger log) : IAsyncDisposable
{
    private static readonly TimeSpan PollTime = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan QueryLimit = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop = new();
    private readonly Backoff _backoff = new(new BackoffOptions { Longest = TimeSpan.FromSeconds(5) });
    private readonly TopicChain _chain = new();
    private volatile bool _brokersAway;

    private readonly Lock _gate = new();
    private readonly List<TopicSubscription> _subscriptions = [];
    private TaskCompletionSource _live = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task? _running;

    /// <summary>How many messages made no sense.</summary>
    internal long Unreadable => _chain.Unreadable;

    /// <summary>How many subscriptions there are.</summary>
    internal int Subscriptions
    {
        get
        {
            lock (_gate)
            {
                return _subscriptions.Count;
            }
        }
    }

    /// <summary>Completes when the topic is live.</summary>
    internal Task LiveAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Start();
            return _live.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Subscribes to the keys with this prefix; null when the topic is not live.</summary>
    internal TopicSubscription? TrySubscribe(string prefix)
    {
        lock (_gate)
        {
            Start();
            if (!_live.Task.IsCompleted)
            {
                return null;
            }

            var subscription = new TopicSubscription(prefix, options.Buffer, Remove);
            _subscriptions.Add(subscription);
            return subscription;
        }
    }

    /// <summary>Ends the consumer and all subscriptions.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await (_running ?? Task.CompletedTask);
        lock (_gate)
        {
            EndAll("the process ends");
        }

        _stop.Dispose();
    }

    // Caller holds _gate. A thread of its own: librdkafka's calls block.
    private void Start() =>
        _running ??= Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Run()
    {
        while (!_stop.IsCancellationRequested)
        {
            var begun = clock.GetTimestamp();
            try
            {
                using var consumer = TopicConsumers.Create(options, () => _brokersAway = true, log);
                Follow(consumer, TopicConsumers.AssignToEnd(consumer, options.Topic, QueryLimit));
            }
            catch (Exception e)
            {
                Lose(e.Message);
            }

            _backoff.Worked(clock.GetElapsedTime(begun));
            _stop.Token.WaitHandle.WaitOne(_backoff.Next());
        }
    }

    private void Follow(IConsumer<Ignore, Ignore> consumer, long end)
    {
        _chain.Reset();
        _brokersAway = false;
        var heard = clock.GetTimestamp();
        while (!_stop.IsCancellationRequested)
        {
            var record = TopicPoll.Next(consumer, PollTime);
            if (_brokersAway)
            {
                // The consumer stays and reconnects by itself; the next message makes the topic live again.
                _brokersAway = false;
                Lose("no broker can be reached");
            }

            if (record is not null)
            {
                heard = clock.GetTimestamp();
                Take(TopicMessageParser.Parse(record), record.Offset >= end || IsFresh(record.Time));
            }
            else if (clock.GetElapsedTime(heard) > options.SilenceLimit)
            {
                throw new TopicBrokenException($"the topic {options.Topic} was silent for {options.SilenceLimit.TotalSeconds:0} s");
            }
        }
    }

    // The message that was there before us shows only where the topic stands, unless it is so young that its publisher must live.
    private bool IsFresh(DateTimeOffset? time) => time is { } sent && (clock.GetUtcNow() - sent).Duration() < options.SilenceLimit;

    private void Take(TopicMessage? message, bool showsLife)
    {
        lock (_gate)
        {
            if (_chain.Take(message) is { } reason)
            {
                EndAll(reason);
                Gap(log, options.Topic, reason);
            }

            if (message is null)
            {
                return;
            }

            if (showsLife && _live.TrySetResult())
            {
                Live(log, options.Topic);
            }

            if (message is TopicMessage.Change change)
            {
                Dispatch(change);
            }
        }
    }

    // Caller holds _gate.
    private void Dispatch(TopicMessage.Change change)
    {
        foreach (var subscription in _subscriptions)
        {
            if (change.Key.StartsWith(subscription.Prefix, StringComparison.Ordinal))
            {
                subscription.Give(change);
            }
        }
    }

    private void Lose(string reason)
    {
        lock (_gate)
        {
            if (_live.Task.IsCompleted)
            {
                _live = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                Lost(log, options.Topic, reason);
            }
            else
            {
                StillLost(log, options.Topic, reason);
            }

            EndAll(reason);
        }
    }

    // Caller holds _gate.
    private void EndAll(string reason)
    {
        _subscriptions.ForEach(subscription => subscription.Break(reason));
        _subscriptions.Clear();
    }

    private void Remove(TopicSubscription subscription)
    {
        lock (_gate)
        {
            _subscriptions.Remove(subscription);
        }
    }

    [LoggerMessage(3201, LogLevel.Information, "The topic {Topic} is live")]
    private static partial void Live(ILogger logger, string topic);

    [LoggerMessage(3202, LogLevel.Warning, "The topic {Topic} is lost, the API server is watched meanwhile: {Reason}")]
    private static partial void Lost(ILogger logger, string topic, string reason);

    [LoggerMessage(3204, LogLevel.Debug, "The topic {Topic} cannot be read yet: {Reason}")]
    private static partial void StillLost(ILogger logger, string topic, string reason);

    [LoggerMessage(3203, LogLevel.Information, "The topic {Topic} has a gap, its readers list anew: {Reason}")]
    private static partial void Gap(ILogger logger, string topic, string reason);
}
