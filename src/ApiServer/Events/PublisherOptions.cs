using MiniK8s.Api.Topics;

namespace MiniK8s.ApiServer.Events;

/// <summary>Where and how the changes are published.</summary>
public sealed record PublisherOptions
{
    /// <summary>Kafka brokers, host:port separated by commas.</summary>
    public required string BootstrapServers { get; init; }

    /// <summary>
    /// Who this publisher is among the API servers of the cluster. One that comes back under the same name need not wait for its
    /// own lease to run out.
    /// </summary>
    public required string Identity { get; init; }

    /// <summary>The topic; created where it is absent.</summary>
    public string Topic { get; init; } = ChangeTopic.DefaultName;

    /// <summary>How long Kafka keeps messages of a topic that the publisher creates.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How long the other API servers wait after they last saw the lease change before one of them takes it.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The pause between renewals; the checkpoint moves with them.</summary>
    public TimeSpan RenewInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often the publisher shows that it lives.</summary>
    public TimeSpan ProgressInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a message may wait for the broker's acknowledgement before the broker counts as away.</summary>
    public TimeSpan DeliveryLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Values above this many bytes are published as references. Below the brokers' <c>message.max.bytes</c> (1 MiB).</summary>
    public int LargestValue { get; init; } = 900 << 10;

    /// <summary>Most messages that wait for an acknowledgement at a time.</summary>
    public int Window { get; init; } = 2000;
}
