using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using MiniK8s.Api.Topics;

namespace MiniK8s.Client.Feeds.Kafka;

/// <summary>Builds consumers that belong to no group and commit nothing: every process reads everything, from the end.</summary>
internal static class TopicConsumers
{
    /// <param name="options">Brokers and names.</param>
    /// <param name="brokersAway">Called when no broker is connected any more.</param>
    /// <param name="log">What librdkafka says.</param>
    internal static IConsumer<Ignore, Ignore> Create(KafkaFeedOptions options, Action brokersAway, ILogger log)
    {
        var config = new ConsumerConfig
        {
            BootstrapServers = options.BootstrapServers,
            ClientId = options.ClientId,

            // librdkafka wants one even where no group is joined.
            GroupId = $"{options.ClientId}-unused",
            EnableAutoCommit = false,
            EnableAutoOffsetStore = false,
            AutoOffsetReset = AutoOffsetReset.Error,
            AllowAutoCreateTopics = false,
            TopicMetadataRefreshIntervalMs = 5000,
            ReconnectBackoffMs = 50,
            ReconnectBackoffMaxMs = 1000,
        };
        return new ConsumerBuilder<Ignore, Ignore>(config)
            .SetLogHandler((_, line) => log.LogDebug("librdkafka: {Facility} {Text}", line.Facility, line.Message))
            .SetErrorHandler((_, error) =>
            {
                log.LogDebug("Kafka: {Reason}", error.Reason);
                if (error.Code == ErrorCode.Local_AllBrokersDown)
                {
                    brokersAway();
                }
            })
            .Build();
    }

    /// <summary>Places the consumer on the last message there is, so that the first one it reads tells where the topic stands.</summary>
    /// <returns>The offset behind that message.</returns>
    internal static long AssignToEnd(IConsumer<Ignore, Ignore> consumer, string topic, TimeSpan limit)
    {
        var partition = new TopicPartition(topic, ChangeTopic.Partition);
        var marks = consumer.QueryWatermarkOffsets(partition, limit);
        consumer.Assign(new TopicPartitionOffset(partition, Math.Max(marks.Low.Value, marks.High.Value - 1)));
        return marks.High.Value;
    }
}
