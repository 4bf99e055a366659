using Confluent.Kafka;
using MiniK8s.Client.Feeds.Kafka;

namespace MiniK8s.Client.Tests.Contract;

/// <summary>Copies a topic into another and does harm on the way: repeats, swaps and loses messages, until it is told to heal.</summary>
internal sealed class TopicMangler : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly string _servers;
    private readonly string _from;
    private readonly string _to;
    private readonly Harm _harm;
    private readonly Task _running;
    private volatile bool _heals;

    private TopicMangler(string servers, string from, string to, Harm harm)
    {
        (_servers, _from, _to, _harm) = (servers, from, to, harm);
        _running = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    internal static TopicMangler Start(string servers, string from, string to, Harm harm) => new(servers, from, to, harm);

    /// <summary>From now on messages pass as they are.</summary>
    internal void Heal() => _heals = true;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private void Run()
    {
        using var producer = new ProducerBuilder<byte[], byte[]>(new ProducerConfig { BootstrapServers = _servers, LingerMs = 0, EnableIdempotence = true }).Build();
        using var consumer = new ConsumerBuilder<Ignore, Ignore>(new ConsumerConfig { BootstrapServers = _servers, GroupId = "mangler" }).Build();
        consumer.Assign(new TopicPartitionOffset(_from, 0, Offset.Beginning));
        var window = new List<Message<byte[], byte[]>>();
        while (!_stop.IsCancellationRequested)
        {
            var read = TopicPoll.Next(consumer, TimeSpan.FromMilliseconds(50));
            if (read is not null)
            {
                window.Add(Copy(read));
            }

            if (window.Count >= _harm.Window || read is null)
            {
                Pass(producer, window);
            }
        }
    }

    private static Message<byte[], byte[]> Copy(TopicRecord read)
    {
        var copy = new Message<byte[], byte[]> { Key = read.Key!, Value = read.Value!, Headers = [] };
        foreach (var (name, value) in read.Headers)
        {
            copy.Headers.Add(name, value);
        }

        return copy;
    }

    private void Pass(IProducer<byte[], byte[]> producer, List<Message<byte[], byte[]>> window)
    {
        var random = _harm.Random;
        var messages = window.ToArray();
        window.Clear();
        if (!_heals)
        {
            messages = [.. messages.Where(_ => random.NextDouble() >= _harm.Loss).SelectMany(message => Enumerable.Repeat(message, _harm.Copies))];
            if (_harm.Swaps)
            {
                random.Shuffle(messages);
            }
        }

        foreach (var message in messages)
        {
            producer.Produce(new TopicPartition(_to, 0), message);
        }

        producer.Flush(TimeSpan.FromSeconds(5));
    }

    /// <summary>What is done to messages.</summary>
    /// <param name="Random">The dice.</param>
    /// <param name="Copies">How often each is sent.</param>
    /// <param name="Loss">Which part is lost.</param>
    /// <param name="Swaps">Whether those of a window are shuffled.</param>
    /// <param name="Window">How many messages a window has at most.</param>
    internal sealed record Harm(Random Random, int Copies = 1, double Loss = 0, bool Swaps = false, int Window = 100);
}
