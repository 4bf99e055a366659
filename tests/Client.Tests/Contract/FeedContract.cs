using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Client.Feeds;
using MiniK8s.TestKit;

namespace MiniK8s.Client.Tests.Contract;

/// <summary>What every <see cref="IChangeFeed"/> must do, on the real API server: after whatever fault, the consumer ends in the server's state.</summary>
public abstract class FeedContract : IAsyncLifetime
{
    private TestCluster? _cluster;
    private IChangeFeed? _feed;

    private protected TestCluster Cluster => _cluster!;

    private protected IChangeFeed Feed => _feed!;

    /// <summary>Short pauses, small pages.</summary>
    private protected static WatchFeedOptions Quick { get; } = new()
    {
        PageSize = 4,
        Backoff = new BackoffOptions { First = TimeSpan.FromMilliseconds(20), Longest = TimeSpan.FromMilliseconds(500), HealthyAfter = TimeSpan.FromSeconds(1) },
    };

    public async ValueTask InitializeAsync()
    {
        _cluster = await TestCluster.StartAsync();
        _feed = await OpenAsync(_cluster);
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }
    }

    /// <summary>Makes the feed under test.</summary>
    private protected abstract Task<IChangeFeed> OpenAsync(TestCluster cluster);

    /// <summary>Ends what <see cref="OpenAsync"/> began.</summary>
    private protected abstract Task CloseAsync();

    [Fact]
    public async Task The_first_list_comes_whole_though_in_pages()
    {
        await PutManyAsync(10);

        await using var consumer = new Consumer(Feed);
        await consumer.SyncedAsync();

        Assert.Equal(await Cluster.StateAsync(), consumer.State);
        await consumer.ConvergesAsync(Cluster, "after the first list");
    }

    [Fact]
    public async Task Creations_changes_and_deletions_are_followed_in_order()
    {
        await using var consumer = new Consumer(Feed);
        await consumer.SyncedAsync();
        consumer.Changes.Clear();

        await Cluster.PutAsync("a", "1");
        await SeenAsync(consumer, 1);
        await Cluster.PutAsync("a", "2");
        await SeenAsync(consumer, 2);
        await Cluster.DeleteAsync("a");
        await SeenAsync(consumer, 3);
        await Cluster.PutAsync("a", "3");
        await SeenAsync(consumer, 4);

        Assert.Equal(["+a", "~a", "-a", "+a"], consumer.Changes);
        await consumer.ConvergesAsync(Cluster, "after four changes");
    }

    [Fact]
    public async Task An_object_that_leaves_the_scope_is_deleted_for_its_reader_and_comes_back()
    {
        await Cluster.PutAsync("other", "1", app: "db");
        await using var labels = new Consumer(Feed, new FeedScope(TestCluster.Space, LabelSelector: "app=web"));
        await using var field = new Consumer(Feed, new FeedScope(TestCluster.Space, FieldSelector: "metadata.name=a"));
        await labels.SyncedAsync();
        await field.SyncedAsync();

        await Cluster.PutAsync("a", "1");
        await Cluster.PutAsync("b", "1");
        await NamesAsync(labels, "a,b");
        await Cluster.PutAsync("a", "2", app: "db");
        await NamesAsync(labels, "b");
        await Cluster.PutAsync("a", "3");
        await NamesAsync(labels, "a,b");
        await Cluster.DeleteAsync("a");
        await NamesAsync(labels, "b");

        await NamesAsync(field, "");
        Assert.Equal(["+a", "-a"], field.Changes.Where(change => change[0] != '~').Distinct());
    }

    [Fact]
    public async Task Other_namespaces_and_other_kinds_do_not_come()
    {
        await Cluster.Client.CreateAsync(new Namespace { Metadata = new ObjectMeta { Name = "elsewhere" } });
        await using var consumer = new Consumer(Feed);
        await consumer.SyncedAsync();

        await Cluster.Client.CreateAsync(new ConfigMap { Metadata = new ObjectMeta { Namespace = "elsewhere", Name = "x" } });
        await Cluster.Client.CreateAsync(new ServiceAccount { Metadata = new ObjectMeta { Namespace = TestCluster.Space, Name = "y" } });
        await Cluster.PutAsync("mine", "1");

        await NamesAsync(consumer, "mine");
        Assert.Equal(["+mine"], consumer.Changes);
    }

    [Fact]
    public async Task What_was_deleted_while_the_server_was_away_is_deleted_for_the_reader()
    {
        await PutManyAsync(10);
        await using var consumer = new Consumer(Feed);
        await consumer.SyncedAsync();
        consumer.Changes.Clear();

        await Cluster.StopServerAsync();
        await Cluster.StartServerAsync();
        await Cluster.DeleteAsync("m3");
        await Cluster.PutAsync("m7", "changed");

        await consumer.ConvergesAsync(Cluster, "after the server's restart");
        Assert.Contains("-m3", consumer.Changes);
        Assert.Contains("~m7", consumer.Changes);
        Assert.DoesNotContain("-m7", consumer.Changes);
    }

    [Fact]
    public async Task A_history_shortened_meanwhile_leads_to_a_new_list_that_forgets_nothing()
    {
        await PutManyAsync(10);
        await using var consumer = new Consumer(Feed);
        await consumer.SyncedAsync();
        var version = (await Cluster.Client.GetAsync<ConfigMap>(TestCluster.Space, "m0")).Metadata.ResourceVersion;
        await Cluster.StopServerAsync();
        await Cluster.StartServerAsync();
        for (var i = 0; i < 40; i++)
        {
            await Cluster.PutAsync($"m{i % 5}", $"again {i}");
        }

        await Cluster.DeleteAsync("m9");
        await Cluster.Store.CompactAsync(await Cluster.Store.CurrentRevisionAsync());
        await Cluster.StopServerAsync();
        await Cluster.StartServerAsync();

        await consumer.ConvergesAsync(Cluster, $"though everything after {version} is compacted");
        Assert.Equal(9, consumer.Cache.List().Count);
    }

    [Fact]
    public async Task A_hundred_random_changes_with_restarts_in_between_end_in_the_servers_state()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var early = new Consumer(Feed);
        for (var i = 0; i < 100; i++)
        {
            await ChangeAsync(random, i);
            if (i is 30 or 70)
            {
                await Cluster.StopServerAsync();
                await Cluster.StartServerAsync();
            }
        }

        await using var late = new Consumer(Feed);
        await early.ConvergesAsync(Cluster, $"after all changes (seed {seed})");
        await late.ConvergesAsync(Cluster, $"for one who came late (seed {seed})");
    }

    [Fact]
    public async Task A_server_that_is_away_at_the_start_is_waited_for()
    {
        await Cluster.PutAsync("a", "1");
        await Cluster.StopServerAsync();
        await using var consumer = new Consumer(Feed);
        Assert.False(consumer.Cache.HasSynced);

        await Cluster.StartServerAsync();

        await consumer.SyncedAsync();
        await consumer.ConvergesAsync(Cluster, "after the server's start");
    }

    /// <summary>One random change of one of twelve objects.</summary>
    private protected async Task ChangeAsync(Random random, int number)
    {
        var name = $"r{random.Next(12)}";
        if (random.Next(4) > 0)
        {
            await Cluster.PutAsync(name, $"{number}");
        }
        else if ((await Cluster.Client.ListAsync<ConfigMap>(TestCluster.Space)).Items.Any(map => map.Metadata.Name == name))
        {
            await Cluster.DeleteAsync(name);
        }
    }

    private protected async Task PutManyAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            await Cluster.PutAsync($"m{i}", "1");
        }
    }

    private static Task SeenAsync(Consumer consumer, int changes) =>
        Eventually.TrueAsync(() => consumer.Changes.Count >= changes, $"{changes} changes were seen");

    private static Task NamesAsync(Consumer consumer, string names) => Eventually.TrueAsync(
        () => string.Join(',', consumer.Cache.List().Select(map => map.Metadata.Name).Order(StringComparer.Ordinal)) == names,
        $"exactly '{names}' are there");
}
