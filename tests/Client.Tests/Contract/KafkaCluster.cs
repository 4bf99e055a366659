using System.Text;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Microsoft.Extensions.Logging.Abstractions;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Api.Serialization;
using MiniK8s.Api.Topics;
using MiniK8s.ApiServer.Events;
using MiniK8s.ApiServer.Storage;
using MiniK8s.Client.Feeds;
using MiniK8s.Client.Feeds.Kafka;

namespace MiniK8s.Client.Tests.Contract;

/// <summary>Publisher and feed of one test on one topic.</summary>
internal sealed class KafkaCluster(TestCluster cluster, string servers) : IAsyncDisposable
{
    private static int _topics;

    private readonly List<IAsyncDisposable> _owned = [];
    private BreakableStore? _connection;

    /// <summary>The topic of the publisher.</summary>
    internal string Topic { get; } = $"feed-{Interlocked.Increment(ref _topics)}";

    internal string Servers => servers;

    /// <summary>Starts a publisher; one that was there before is gone without last words.</summary>
    internal void StartPublisher(string identity = "one")
    {
        _connection = new BreakableStore(cluster.Store);
        var options = new PublisherOptions
        {
            BootstrapServers = servers,
            Identity = identity,
            Topic = Topic,
            RenewInterval = TimeSpan.FromMilliseconds(300),
            LeaseDuration = TimeSpan.FromSeconds(2),
            ProgressInterval = TimeSpan.FromMilliseconds(500),
            DeliveryLimit = TimeSpan.FromSeconds(3),
        };
        _owned.Add(RunningPublisher.Start(_connection, options, TimeProvider.System, NullLoggerFactory.Instance));
    }

    /// <summary>Takes the store away from the publisher.</summary>
    internal void KillPublisher() => _connection!.Cut();

    /// <summary>A feed of this or another topic.</summary>
    internal KafkaFeed Feed(WatchFeedOptions watch, string? topic = null)
    {
        var options = new KafkaFeedOptions
        {
            BootstrapServers = servers,
            Topic = topic ?? Topic,
            ClientId = "test",
            SilenceLimit = TimeSpan.FromSeconds(3),
            Watch = watch,
        };
        var feed = new KafkaFeed(cluster.Client, options);
        _owned.Add(feed);
        return feed;
    }

    /// <summary>Creates a topic beside the publisher's.</summary>
    internal async Task CreateTopicAsync(string name)
    {
        using var admin = Admin();
        await admin.CreateTopicsAsync([new TopicSpecification { Name = name, NumPartitions = 1, ReplicationFactor = 1 }]);
    }

    internal async Task DeleteTopicAsync()
    {
        using var admin = Admin();
        await admin.DeleteTopicsAsync([Topic]);
    }

    /// <summary>
    /// Proves that changes come from Kafka: with the server stopped, an object is put into the store, and the publisher alone can
    /// tell the consumer of it.
    /// </summary>
    internal async Task HeardFromKafkaAsync(KafkaFeed feed, Consumer consumer, string name)
    {
        await TestKit.Eventually.TrueAsync(() => feed.Followers > 0, "the consumer follows the topic", TimeSpan.FromSeconds(60));
        await cluster.PutAsync($"before-{name}", "1");
        await consumer.ConvergesAsync(cluster, "before the server is stopped");
        await cluster.StopServerAsync();
        try
        {
            var map = new ConfigMap { Metadata = new ObjectMeta { Namespace = TestCluster.Space, Name = name, Uid = name } };
            var put = StoreOperation.Put($"{ChangeTopic.KeyPrefix(ConfigMap.Info)}{TestCluster.Space}/{name}", ApiSerializer.Serialize(map));
            await cluster.Store.CommitAsync(new StoreTransaction([], [put]));
            await TestKit.Eventually.TrueAsync(
                () => consumer.Cache.Get(new Api.ObjectKey(TestCluster.Space, name)) is not null, $"{name} came though the server is away");
        }
        finally
        {
            await cluster.StartServerAsync();
        }
    }

    /// <summary>Writes into the topic what the publisher never would.</summary>
    internal async Task ForgeAsync(string key, string? value, params (string Name, string Value)[] headers)
    {
        using var producer = new ProducerBuilder<string, byte[]?>(new ProducerConfig { BootstrapServers = servers }).SetValueSerializer(Serializers.ByteArray!).Build();
        var message = new Message<string, byte[]?> { Key = key, Value = value is null ? null : Encoding.UTF8.GetBytes(value), Headers = [] };
        foreach (var (name, text) in headers)
        {
            message.Headers.Add(name, Encoding.ASCII.GetBytes(text));
        }

        await producer.ProduceAsync(new TopicPartition(Topic, 0), message);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var item in _owned)
        {
            await item.DisposeAsync();
        }
    }

    private IAdminClient Admin() => new AdminClientBuilder(new AdminClientConfig { BootstrapServers = servers }).Build();
}
