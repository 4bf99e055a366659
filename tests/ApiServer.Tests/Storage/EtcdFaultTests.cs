using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using MiniK8s.ApiServer.Storage;
using MiniK8s.ApiServer.Storage.Etcd;
using MiniK8s.TestKit;
using MiniK8s.TestKit.Servers;

namespace MiniK8s.ApiServer.Tests.Storage;

public sealed class EtcdFaultTests
{
    private const int Rounds = 3;
    private const int Writers = 8;
    private const int WritesBetweenKills = 200;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);
    private static readonly RangeRequest Everything = new("/registry/", StoreKeys.PrefixEnd("/registry/"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killing_etcd_under_load_loses_nothing_acknowledged_and_the_store_recovers_by_itself()
    {
        Assert.SkipUnless(EtcdServer.SkipReason is null, EtcdServer.SkipReason ?? "");
        await using var server = await EtcdServer.StartAsync();
        await using var store = Connect(server.ClientUrl);
        await using var watch = new WatchRecorder(store, "/registry/", await store.CurrentRevisionAsync(Token));
        using var stop = new CancellationTokenSource();
        var acknowledged = new ConcurrentDictionary<string, long>();
        var writers = Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(store, writer, acknowledged, stop.Token))).ToArray();

        for (var round = 0; round < Rounds; round++)
        {
            var before = acknowledged.Count;
            await Eventually.TrueAsync(() => acknowledged.Count >= before + WritesBetweenKills, $"writes are acknowledged in round {round}");
            await server.KillAsync();
            await AssertUnavailableAsync(store);
            await server.RestartAsync(Token);
        }

        var last = acknowledged.Count;
        await Eventually.TrueAsync(() => acknowledged.Count >= last + WritesBetweenKills, "writes are acknowledged again");
        await stop.CancelAsync();
        await Task.WhenAll(writers);
        await AssertContentAsync(store, acknowledged, watch);
    }

    [Fact]
    public async Task A_member_that_is_down_is_passed_over()
    {
        Assert.SkipUnless(EtcdServer.SkipReason is null, EtcdServer.SkipReason ?? "");
        await using var server = await EtcdServer.StartAsync();
        await using var store = Connect($"http://127.0.0.1:{FreePorts.Next()}", server.ClientUrl);

        await using var watch = new WatchRecorder(store, "/registry/", 1);
        await watch.ProgressAsync(1);
        Assert.True((await store.CommitAsync(Create("/registry/a"), Token)).Succeeded);

        Assert.Equal("/registry/a", Assert.Single(await watch.EventsAsync(1)).Key);
    }

    [Fact]
    public async Task Without_a_server_calls_fail_in_time_and_name_it()
    {
        var url = $"http://127.0.0.1:{FreePorts.Next()}";
        await using var store = Connect(url);

        var error = await AssertUnavailableAsync(store);

        Assert.Contains(url, error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.CommitAsync(Create("/registry/a"), Token));
    }

    [Fact]
    public async Task Concurrent_commits_travel_together()
    {
        Assert.SkipUnless(EtcdServer.SkipReason is null, EtcdServer.SkipReason ?? "");
        const int Commits = 500;
        await using var server = await EtcdServer.StartAsync();
        await using var store = Connect(server.ClientUrl);

        var results = await Task.WhenAll(Enumerable.Range(0, Commits).Select(i => store.CommitAsync(Create($"/registry/{i:000}"), Token).AsTask()));

        Assert.All(results, result => Assert.True(result.Succeeded));
        var revisions = results.Select(result => result.Revision).Distinct().Count();
        Assert.True(revisions < Commits / 4, $"{Commits} commits made {revisions} revisions");
        var all = await store.RangeAsync(Everything, Token);
        Assert.Equal(results.Select(result => result.Revision), all.Values.Select(value => value.ModRevision));
    }

    [Fact]
    public async Task A_commit_too_large_for_etcd_is_refused_without_harm_to_its_neighbours()
    {
        Assert.SkipUnless(EtcdServer.SkipReason is null, EtcdServer.SkipReason ?? "");
        await using var server = await EtcdServer.StartAsync();
        await using var store = Connect(server.ClientUrl);
        var large = new StoreTransaction([], [StoreOperation.Put("/registry/large", new byte[3 << 20])]);
        var neighbours = Enumerable.Range(0, 20).Select(i => store.CommitAsync(Create($"/registry/{i}"), Token).AsTask()).ToList();

        await Assert.ThrowsAsync<ArgumentException>(async () => await store.CommitAsync(large, Token));

        Assert.All(await Task.WhenAll(neighbours), result => Assert.True(result.Succeeded));
        Assert.Equal(20, (await store.RangeAsync(Everything, Token)).Count);
    }

    private static EtcdStore Connect(params string[] urls) => new(
        new EtcdOptions { Endpoints = [.. urls.Select(url => new Uri(url))], RequestTimeout = Timeout },
        TimeProvider.System,
        NullLogger<EtcdStore>.Instance);

    private static StoreTransaction Create(string key) =>
        new([new(key, 0)], [StoreOperation.Put(key, Encoding.ASCII.GetBytes(key))]);

    private static async Task WriteAsync(EtcdStore store, int writer, ConcurrentDictionary<string, long> acknowledged, CancellationToken stop)
    {
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var key = $"/registry/{writer}/{i}";
            try
            {
                acknowledged[key] = (await store.CommitAsync(Create(key), CancellationToken.None)).Revision;
            }
            catch (StoreUnavailableException)
            {
                // Written or not; nobody knows, and nothing was promised.
            }
        }
    }

    private static async Task<StoreUnavailableException> AssertUnavailableAsync(EtcdStore store)
    {
        var start = TimeProvider.System.GetTimestamp();
        var error = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.GetAsync("/registry/a", Token));
        var elapsed = TimeProvider.System.GetElapsedTime(start);
        Assert.True(elapsed < Timeout * 3, $"it took {elapsed}");
        return error;
    }

    // What was acknowledged is there at its revision, and the watch that outlived all kills tells the same story as the store.
    private static async Task AssertContentAsync(EtcdStore store, ConcurrentDictionary<string, long> acknowledged, WatchRecorder watch)
    {
        var all = await store.RangeAsync(Everything, Token);
        var stored = all.Values.ToDictionary(value => value.Key, value => value.ModRevision);
        Assert.All(acknowledged, written => Assert.Equal(written.Value, Assert.Contains(written.Key, stored)));
        await store.RequestProgressAsync(Token);
        await watch.ProgressAsync(all.Revision);
        watch.AssertOrdered();
        Assert.Equal(
            stored.Select(pair => (pair.Key, pair.Value)).Order(),
            watch.Events.Select(change => (change.Key, change.Revision)).Order());
    }
}
