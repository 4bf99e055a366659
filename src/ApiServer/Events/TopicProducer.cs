using System.Globalization;
using System.Text;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using MiniK8s.Api.Topics;

namespace MiniK8s.ApiServer.Events;

/// <summary>The connection of one term to Kafka. The first message that cannot be delivered ends it: nothing may overtake a gap.</summary>
internal sealed class TopicProducer : IDisposable
{
    private static readonly TimeSpan AdminLimit = TimeSpan.FromSeconds(5);

    private readonly PublisherOptions _options;
    private readonly IProducer<string, byte[]?> _producer;
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _window;

    internal TopicProducer(PublisherOptions options, ILogger log)
    {
        _options = options;
        _window = new SemaphoreSlim(options.Window);
        var config = new ProducerConfig
        {
            BootstrapServers = options.BootstrapServers,
            ClientId = $"minik8s-publisher-{options.Identity}",
            Acks = Acks.All,
            EnableIdempotence = true,
            LingerMs = 0,
            MessageTimeoutMs = (int)options.DeliveryLimit.TotalMilliseconds,
            ReconnectBackoffMs = 50,
            ReconnectBackoffMaxMs = 1000,
        };
        _producer = new ProducerBuilder<string, byte[]?>(config)
            .SetValueSerializer(Serializers.ByteArray!)
            .SetLogHandler((_, line) => log.LogDebug("librdkafka: {Facility} {Text}", line.Facility, line.Message))
            .SetErrorHandler((_, error) =>
            {
                log.LogDebug("Kafka: {Reason}", error.Reason);
                if (error.IsFatal)
                {
                    _failed.TrySetException(new KafkaException(error));
                }
            })
            .Build();
    }

    /// <summary>Fails with the first delivery that failed; never completes otherwise.</summary>
    internal Task Failure => _failed.Task;

    /// <summary>Creates the topic unless it is there. Fails when no broker answers.</summary>
    internal async Task EnsureTopicAsync()
    {
        using var admin = new DependentAdminClientBuilder(_producer.Handle).Build();
        var specification = new TopicSpecification
        {
            Name = _options.Topic,
            NumPartitions = 1,
            ReplicationFactor = -1,
            Configs = new Dictionary<string, string>
            {
                ["cleanup.policy"] = "delete",
                ["retention.ms"] = ((long)_options.Retention.TotalMilliseconds).ToString(CultureInfo.InvariantCulture),
            },
        };
        try
        {
            await admin.CreateTopicsAsync([specification], new CreateTopicsOptions { RequestTimeout = AdminLimit, OperationTimeout = AdminLimit });
        }
        catch (CreateTopicsException e) when (e.Results.TrueForAll(result => result.Error.Code is ErrorCode.TopicAlreadyExists or ErrorCode.NoError))
        {
            // As wanted.
        }
    }

    /// <summary>Sends a message, after those before it; waits only while too many are on their way.</summary>
    /// <param name="message">The message.</param>
    /// <param name="acknowledged">Called from another thread when the broker has it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal async Task SendAsync(ChangeMessage message, Action acknowledged, CancellationToken cancellationToken)
    {
        await _window.WaitAsync(cancellationToken);
        var headers = new Headers();
        foreach (var (name, value) in message.Headers)
        {
            headers.Add(name, Encoding.ASCII.GetBytes(value));
        }

        var record = new Message<string, byte[]?> { Key = message.Key, Value = message.Value, Headers = headers };
        _producer.Produce(new TopicPartition(_options.Topic, ChangeTopic.Partition), record, report =>
        {
            _window.Release();
            if (report.Error.IsError)
            {
                _failed.TrySetException(new ProduceException<string, byte[]?>(report.Error, report));
            }
            else if (!_failed.Task.IsCompleted)
            {
                acknowledged();
            }
        });
    }

    /// <summary>Waits a moment for what is on its way.</summary>
    internal void Flush(TimeSpan limit) => _producer.Flush(limit);

    public void Dispose()
    {
        // The window is left to the collector: reports of what is still on its way may come until the producer is gone.
        _producer.Dispose();
    }
}
