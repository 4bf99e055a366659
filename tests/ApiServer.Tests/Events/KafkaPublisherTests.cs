using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using MiniK8s.ApiServer.Events;
using MiniK8s.ApiServer.Storage;
using MiniK8s.ApiServer.Storage.Memory;
using MiniK8s.TestKit;

namespace MiniK8s.ApiServer.Tests.Events;

/// <summary>The publisher on a real broker, read by kcat.</summary>
public sealed class KafkaPublisherTests(BrokerFixture fixture) : IClassFixture<BrokerFixture>, IAsyncDisposable
{
    private static int _topics;

    private readonly string _topic = $"changes-{Interlocked.Increment(ref _topics)}";
    private readonly MemoryStore _store = new(TimeProvider.System);
    private readonly List<(CancellationTokenSource Stop, Task Run)> _running = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var publisher in _running)
        {
            await StopAsync(publisher);
        }

        await _store.DisposeAsync();
    }

    [Fact]
    public async Task Changes_arrive_in_order_with_key_headers_and_value()
    {
        await StartedAsync("one");
        var created = await PutAsync("/registry/core/configmaps/n/a", Map("a", 1));
        var updated = await PutAsync("/registry/core/configmaps/n/a", Map("a", 2));
        await PutAsync("/other/prefix", "not published");
        var secret = await PutAsync("/registry/core/secrets/n/s", """{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s","namespace":"n"},"data":{"p":"czNjcjN0"}}""");
        var deleted = await DeleteAsync("/registry/core/configmaps/n/a");

        var changes = await ChangesAsync(4);

        Assert.Equal([created, updated, secret, deleted], changes.Select(change => change.Revision));
        Assert.Equal(["put", "put", "put", "delete"], changes.Select(change => change.Type));
        Assert.Equal(["0", $"{created}", "0", $"{updated}"], changes.Select(change => change.Headers["previous-revision"]));
        Assert.Equal([$"{created}.0", $"{updated}.0", $"{secret}.0"], changes.Skip(1).Select(change => change.Headers["after"]));
        Assert.All(changes, change => Assert.Equal("1", change.Headers["epoch"]));
        using var value = JsonDocument.Parse(changes[1].Value!);
        Assert.Equal($"{updated}", value.RootElement.GetProperty("metadata").GetProperty("resourceVersion").GetString());
        Assert.DoesNotContain("czNjcjN0", changes[2].Value, StringComparison.Ordinal);
        Assert.Contains("PartialObjectMetadata", changes[2].Headers["content-type"], StringComparison.Ordinal);
        Assert.Null(changes[3].Value);
    }

    [Fact]
    public async Task An_object_larger_than_a_message_may_be_is_sent_as_a_reference()
    {
        await StartedAsync("one");
        await PutAsync("/registry/core/configmaps/n/big", Map("big", 1, padding: 1_400_000));
        await PutAsync("/registry/core/configmaps/n/small", Map("small", 1));

        var changes = await ChangesAsync(2);

        Assert.Contains("PartialObjectMetadata", changes[0].Headers["content-type"], StringComparison.Ordinal);
        Assert.Equal("application/json", changes[1].Headers["content-type"]);
    }

    [Fact]
    public async Task A_restarted_publisher_goes_on_where_the_first_stopped_with_a_greater_epoch()
    {
        var first = await StartedAsync("one");
        await PutAsync("/registry/core/configmaps/n/a", Map("a", 1));
        await ChangesAsync(1);
        await StopAsync(first);
        var between = await PutAsync("/registry/core/configmaps/n/b", Map("b", 1));

        Start("one");

        var changes = await ChangesAsync(2);
        Assert.Equal(between, changes[1].Revision);
        Assert.Equal(["1", "2"], changes.Select(change => change.Headers["epoch"]));
        Assert.Equal(changes[0].Headers["position"], changes[1].Headers["after"]);
    }

    [Fact]
    public async Task Of_two_publishers_one_publishes_and_the_other_takes_over()
    {
        var first = await StartedAsync("one");
        Start("two");
        await PutAsync("/registry/core/configmaps/n/a", Map("a", 1));
        await ChangesAsync(1);

        await StopAsync(first);
        await PutAsync("/registry/core/configmaps/n/b", Map("b", 1));

        var changes = await ChangesAsync(2);
        Assert.Equal(["1", "2"], changes.Select(change => change.Headers["epoch"]));
    }

    [Fact]
    public async Task History_that_was_compacted_away_is_told_by_a_resync_marker()
    {
        await StopAsync(await StartedAsync("one"));
        await PutAsync("/registry/core/configmaps/n/a", Map("a", 1));
        await PutAsync("/registry/core/configmaps/n/a", Map("a", 2));
        var lost = await PutAsync("/registry/core/configmaps/n/a", Map("a", 3));
        await _store.CompactAsync(lost);

        Start("one");
        await Eventually.TrueAsync(async () => (await DumpAsync()).Count(entry => entry.Type == "resync") == 2, "the marker of the gap arrived");
        var after = await PutAsync("/registry/core/configmaps/n/a", Map("a", 4));

        var changes = await ChangesAsync(1);
        Assert.Equal(after, Assert.Single(changes).Revision);
        var marker = (await DumpAsync()).Last(entry => entry.Type == "resync");
        Assert.True(marker.Revision >= lost, $"the marker stands at {marker.Revision}, what was lost at {lost}");
    }

    [Fact]
    public async Task An_idle_publisher_shows_that_it_lives_and_moves_its_checkpoint()
    {
        await StartedAsync("one");
        var change = await PutAsync("/registry/core/configmaps/n/a", Map("a", 1));

        await Eventually.TrueAsync(
            async () => (await DumpAsync()).Any(entry => entry.Type == "progress" && entry.Headers.GetValueOrDefault("after") == $"{change}.0"),
            "progress after the change arrived");
        await Eventually.TrueAsync(
            async () => await _store.GetAsync(PublisherLease.CheckpointKey) is { Value: { } value }
                && JsonDocument.Parse(value.Value).RootElement.GetProperty("revision").GetInt64() >= change,
            "the checkpoint is behind the change");
    }

    [Fact]
    public async Task A_broker_that_is_killed_delays_the_changes_and_loses_none()
    {
        Assert.SkipUnless(TestKit.Servers.KafkaBroker.CanBeKilled, "the broker is not this test's to kill");
        await StartedAsync("one");
        await PutAsync("/registry/core/configmaps/n/a", Map("a", 0));
        await ChangesAsync(1);

        await fixture.Broker.KillAsync();
        var revisions = new List<long>();
        for (var i = 1; i <= 50; i++)
        {
            revisions.Add(await PutAsync("/registry/core/configmaps/n/a", Map("a", i)));
        }

        await fixture.Broker.RestartAsync();

        await Eventually.TrueAsync(
            async () => !revisions.Except((await DumpAsync()).Select(entry => entry.Revision)).Any(),
            "all changes arrived",
            TimeSpan.FromSeconds(60));
    }

    private (CancellationTokenSource Stop, Task Run) Start(string identity)
    {
        var options = new PublisherOptions
        {
            BootstrapServers = fixture.Broker.BootstrapServers,
            Identity = identity,
            Topic = _topic,
            RenewInterval = TimeSpan.FromMilliseconds(300),
            LeaseDuration = TimeSpan.FromSeconds(2),
            ProgressInterval = TimeSpan.FromSeconds(1),
            DeliveryLimit = TimeSpan.FromSeconds(3),
        };
        var stop = new CancellationTokenSource();
        var publisher = (stop, new KafkaPublisher(_store, options, TimeProvider.System, NullLogger<KafkaPublisher>.Instance).RunAsync(stop.Token));
        _running.Add(publisher);
        return publisher;
    }

    private async Task<(CancellationTokenSource Stop, Task Run)> StartedAsync(string identity)
    {
        var publisher = Start(identity);
        await Eventually.TrueAsync(async () => (await DumpAsync()).Any(entry => entry.Type == "progress"), "the publisher publishes");
        return publisher;
    }

    private static async Task StopAsync((CancellationTokenSource Stop, Task Run) publisher)
    {
        await publisher.Stop.CancelAsync();
        await publisher.Run.WaitAsync(TimeSpan.FromSeconds(15));
    }

    private Task<IReadOnlyList<TopicDump.Entry>> DumpAsync() => TopicDump.ReadAsync(fixture.Broker.BootstrapServers, _topic);

    private Task<List<TopicDump.Entry>> ChangesAsync(int count) => Eventually.ValueAsync(
        async () => (await DumpAsync()).Where(entry => entry.IsChange).ToList() is { } changes && changes.Count >= count ? changes : null,
        $"{count} changes are in the topic");

    private async Task<long> PutAsync(string key, string value) =>
        (await _store.CommitAsync(new StoreTransaction([], [StoreOperation.Put(key, Encoding.UTF8.GetBytes(value))]))).Revision;

    private async Task<long> DeleteAsync(string key) =>
        (await _store.CommitAsync(new StoreTransaction([], [StoreOperation.Delete(key)]))).Revision;

    private static string Map(string name, int value, int padding = 0) =>
        $$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{{name}}}","namespace":"n"},"data":{"v":"{{{value}}}","p":"{{{new string('x', padding)}}}"}}""";
}
