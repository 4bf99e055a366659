using System.Collections.Concurrent;
using MiniK8s.Api.Core.V1;
using MiniK8s.Client.Caching;
using MiniK8s.Client.Feeds;
using MiniK8s.TestKit;

namespace MiniK8s.Client.Tests.Contract;

/// <summary>A cache of ConfigMaps behind a feed, as a component has it.</summary>
internal sealed class Consumer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly CheckedFeed _feed;
    private readonly Task _running;

    internal Consumer(IChangeFeed feed, FeedScope? scope = null)
    {
        _feed = new CheckedFeed(feed);
        Cache.Subscribe(change => Changes.Enqueue(
            $"{(change.Previous is null ? "+" : change.Current is null ? "-" : "~")}{change.Key.Name}"));
        _running = new Reflector<ConfigMap>(_feed, Cache, scope ?? new FeedScope(TestCluster.Space)).RunAsync(_stop.Token);
    }

    internal Cache<ConfigMap> Cache { get; } = new();

    /// <summary>What subscribers were told: + came, ~ changed, - went.</summary>
    internal ConcurrentQueue<string> Changes { get; } = new();

    /// <summary>How many lists the feed began.</summary>
    internal int Lists => _feed.Lists;

    internal string State => StateText.Of(Cache.List());

    internal async Task SyncedAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20), TimeProvider.System);
        await Cache.WaitForSyncAsync(limit.Token);
    }

    /// <summary>Waits until the cache shows what the server has, and checks that the feed kept its word on the way.</summary>
    internal async Task ConvergesAsync(TestCluster cluster, string when)
    {
        await Eventually.TrueAsync(async () => State == await cluster.StateAsync(), $"the cache shows what the server has {when}", TimeSpan.FromSeconds(30));
        Assert.Null(_feed.Violation);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(TimeSpan.FromSeconds(10));
        _stop.Dispose();
    }
}
