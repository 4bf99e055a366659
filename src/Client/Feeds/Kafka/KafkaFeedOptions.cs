using MiniK8s.Api.Topics;

namespace MiniK8s.Client.Feeds.Kafka;

/// <summary>Where the changes are read, and how patiently.</summary>
public sealed record KafkaFeedOptions
{
    /// <summary>Kafka brokers, host:port separated by commas.</summary>
    public required string BootstrapServers { get; init; }

    /// <summary>The topic.</summary>
    public string Topic { get; init; } = ChangeTopic.DefaultName;

    /// <summary>What the process calls itself to the brokers.</summary>
    public string ClientId { get; init; } = "minik8s";

    /// <summary>
    /// How long the topic may be silent before it counts as dead and the API server is watched instead. The publisher shows every
    /// five seconds that it lives.
    /// </summary>
    public TimeSpan SilenceLimit { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Most messages that may wait for one reader; one that falls further behind lists anew.</summary>
    public int Buffer { get; init; } = 20_000;

    /// <summary>Lengths and sizes of lists, and of the watch while Kafka is away.</summary>
    public WatchFeedOptions Watch { get; init; } = new();
}
