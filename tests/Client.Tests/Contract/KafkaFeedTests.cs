using MiniK8s.ApiServer.Tests.Events;
using MiniK8s.Client.Feeds;
using MiniK8s.Client.Feeds.Kafka;
using MiniK8s.TestKit.Servers;

namespace MiniK8s.Client.Tests.Contract;

/// <summary>The feed on a real broker and a real publisher: the contract, and the faults that only Kafka has.</summary>
public sealed class KafkaFeedTests(BrokerFixture fixture) : FeedContract, IClassFixture<BrokerFixture>
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    private KafkaCluster? _kafka;

    private KafkaCluster Kafka => _kafka!;

    private protected override async Task<IChangeFeed> OpenAsync(TestCluster cluster)
    {
        _kafka = new KafkaCluster(cluster, fixture.Broker.BootstrapServers);
        _kafka.StartPublisher();
        var feed = _kafka.Feed(Quick);
        await feed.LiveAsync().WaitAsync(Long);
        return feed;
    }

    private protected override async Task CloseAsync()
    {
        if (_kafka is not null)
        {
            await _kafka.DisposeAsync();
        }
    }

    [Fact]
    public async Task While_Kafka_lives_the_server_is_not_asked_for_changes()
    {
        await PutManyAsync(5);
        await using var consumer = new Consumer(Feed);
        await consumer.SyncedAsync();

        await Kafka.HeardFromKafkaAsync((KafkaFeed)Feed, consumer, "proof");

        Assert.Equal(1, consumer.Lists);
        await consumer.ConvergesAsync(Cluster, "in the end");
    }

    [Fact]
    public async Task A_killed_broker_is_bridged_by_the_watch_and_used_again_when_it_is_back()
    {
        Assert.SkipUnless(KafkaBroker.CanBeKilled, "the broker is not this test's to kill");
        await using var consumer = new Consumer(Feed);
        await consumer.SyncedAsync();

        await fixture.Broker.KillAsync();
        await PutManyAsync(5);
        await consumer.ConvergesAsync(Cluster, "while the broker is away");
        await Cluster.DeleteAsync("m2");
        await consumer.ConvergesAsync(Cluster, "after a deletion while the broker is away");
        await fixture.Broker.RestartAsync();
        await ((KafkaFeed)Feed).LiveAsync().WaitAsync(Long);
        await Cluster.PutAsync("m3", "after");

        await consumer.ConvergesAsync(Cluster, "after the broker's return");
        await Kafka.HeardFromKafkaAsync((KafkaFeed)Feed, consumer, "proof");
    }

    [Fact]
    public async Task A_killed_publisher_is_bridged_and_its_successor_leaves_no_gap()
    {
        await using var consumer = new Consumer(Feed);
        await consumer.SyncedAsync();
        await Cluster.PutAsync("before", "1");
        await consumer.ConvergesAsync(Cluster, "before the kill");

        Kafka.KillPublisher();
        await PutManyAsync(5);
        await Cluster.DeleteAsync("before");
        await consumer.ConvergesAsync(Cluster, "without a publisher");
        Kafka.StartPublisher("two");
        await ((KafkaFeed)Feed).LiveAsync().WaitAsync(Long);

        await consumer.ConvergesAsync(Cluster, "after the successor began");
        await Kafka.HeardFromKafkaAsync((KafkaFeed)Feed, consumer, "proof");
    }

    [Fact]
    public async Task A_deleted_topic_is_made_again_and_followed()
    {
        await using var consumer = new Consumer(Feed);
        await consumer.SyncedAsync();
        await PutManyAsync(5);
        await consumer.ConvergesAsync(Cluster, "before the deletion");

        await Kafka.DeleteTopicAsync();
        await Cluster.PutAsync("m1", "meanwhile");
        await Cluster.DeleteAsync("m2");
        await consumer.ConvergesAsync(Cluster, "after the topic's deletion");

        await Kafka.HeardFromKafkaAsync((KafkaFeed)Feed, consumer, "proof");
    }

    [Theory]
    [InlineData(3, 0.0, false)]
    [InlineData(1, 0.0, true)]
    [InlineData(1, 0.05, false)]
    [InlineData(3, 0.05, true)]
    public async Task Messages_repeated_swapped_or_lost_lead_to_the_servers_state(int copies, double loss, bool swaps)
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var harmed = $"{Kafka.Topic}-harmed";
        await Kafka.CreateTopicAsync(harmed);
        await using var mangler = TopicMangler.Start(Kafka.Servers, Kafka.Topic, harmed, new TopicMangler.Harm(new Random(seed), copies, loss, swaps));
        var feed = Kafka.Feed(Quick, harmed);
        await feed.LiveAsync().WaitAsync(Long);
        await using var consumer = new Consumer(feed);
        await consumer.SyncedAsync();

        var random = new Random(seed);
        for (var i = 0; i < 300; i++)
        {
            await ChangeAsync(random, i);
        }

        mangler.Heal();
        await consumer.ConvergesAsync(Cluster, $"after {copies} copies, loss {loss}, swaps {swaps} (seed {seed})");
    }

    [Fact]
    public async Task Forged_and_senseless_messages_change_nothing_in_the_end()
    {
        await PutManyAsync(5);
        await using var consumer = new Consumer(Feed);
        await consumer.SyncedAsync();
        const string key = "/registry/core/configmaps/default/m1";
        const string other = """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"m2","namespace":"default","resourceVersion":"900000"}}""";
        const string forged = """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"m1","namespace":"default","resourceVersion":"900000"}}""";
        (string, string)[] headers = [("type", "put"), ("revision", "900000"), ("position", "900000.0"), ("epoch", "9"), ("content-type", "application/json")];

        for (var i = 0; i < 25; i++)
        {
            await Kafka.ForgeAsync(key, "junk");
        }

        await Kafka.ForgeAsync(key, "{\"metadata\":", headers);
        await Kafka.ForgeAsync(key, other, headers);
        await Kafka.ForgeAsync(key, forged, headers);
        await Kafka.ForgeAsync(key, null, [.. headers.Where(header => header.Item1 != "type"), ("type", "delete")]);
        await Kafka.ForgeAsync("/registry/core/configmaps/../../x", forged, headers);
        await Cluster.PutAsync("m1", "true");
        await Cluster.DeleteAsync("m2");

        await consumer.ConvergesAsync(Cluster, "though the topic was poisoned");
        Assert.True(((KafkaFeed)Feed).UnreadableMessages >= 25, "senseless messages are counted");
        await Kafka.HeardFromKafkaAsync((KafkaFeed)Feed, consumer, "proof");
    }

    [Fact]
    public async Task One_who_starts_while_Kafka_is_away_watches()
    {
        await PutManyAsync(3);
        await using var nowhere = new KafkaFeed(
            Cluster.Client, new KafkaFeedOptions { BootstrapServers = $"127.0.0.1:{FreePorts.Next()}", Watch = Quick });
        await using var consumer = new Consumer(nowhere);

        await consumer.SyncedAsync();
        await Cluster.PutAsync("m1", "changed");

        await consumer.ConvergesAsync(Cluster, "without Kafka");
    }
}
