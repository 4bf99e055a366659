using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;
using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Client.Feeds;
using MiniK8s.Runtime.Hosting;
using MiniK8s.TestKit;

namespace MiniK8s.Runtime.Tests.Hosting;

public sealed class CachesTests
{
    [Fact]
    public async Task One_feed_serves_all_who_ask_for_a_kind_and_scope()
    {
        var feed = new ListingFeed();
        await using var caches = new Caches(feed, NullLoggerFactory.Instance, TimeProvider.System);

        var first = caches.Of<ConfigMap>();
        var again = caches.Of<ConfigMap>(new FeedScope());
        var narrow = caches.Of<ConfigMap>(new FeedScope("n"));
        var other = caches.Of<Pod>();
        await Task.WhenAll(first.WaitForSyncAsync(), narrow.WaitForSyncAsync(), other.WaitForSyncAsync()).WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Same(first, again);
        Assert.NotSame(first, narrow);
        Assert.Equal(3, feed.Begun.Count);
        Assert.NotNull(first.Get(new ObjectKey("n", "a")));
    }

    [Fact]
    public async Task A_feed_that_fails_against_its_contract_is_read_again()
    {
        var feed = new ListingFeed { Failures = 2 };
        await using var caches = new Caches(feed, NullLoggerFactory.Instance, TimeProvider.System);

        await caches.Of<ConfigMap>().WaitForSyncAsync().WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(3, feed.Begun.Count);
    }

    [Fact]
    public async Task Disposing_ends_the_feeds_and_keeps_what_is_cached()
    {
        var feed = new ListingFeed();
        var caches = new Caches(feed, NullLoggerFactory.Instance, TimeProvider.System);
        var cache = caches.Of<ConfigMap>();
        await cache.WaitForSyncAsync().WaitAsync(TimeSpan.FromSeconds(10));

        await caches.DisposeAsync();

        await Eventually.TrueAsync(() => feed.Ended == 1, "the feed ended");
        Assert.Single(cache.List());
    }

    [Fact]
    public async Task A_follower_is_told_of_the_objects_until_it_or_the_caches_end()
    {
        var feed = new ListingFeed();
        var told = new ConcurrentQueue<string>();
        var caches = new Caches(feed, NullLoggerFactory.Instance, TimeProvider.System);
        var one = caches.Follow<ConfigMap>((key, value, _) => told.Enqueue($"{key} {value?.Metadata.ResourceVersion}"));
        var other = caches.Follow<ConfigMap>((_, _, _) => { });
        await Task.WhenAll(one.WaitForSyncAsync(), other.WaitForSyncAsync()).WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(["n/a 1"], told);
        await one.DisposeAsync();
        await Eventually.TrueAsync(() => feed.Ended == 1, "the feed of the one ended");
        await caches.DisposeAsync();

        await Eventually.TrueAsync(() => feed.Ended == 2, "the feed of the other ended");
        await other.DisposeAsync();
    }

    /// <summary>A feed that lists one ConfigMap and then waits.</summary>
    private sealed class ListingFeed : IChangeFeed
    {
        internal ConcurrentQueue<string> Begun { get; } = new();

        internal int Failures;

        internal int Ended;

        public async IAsyncEnumerable<FeedEvent<T>> ReadAsync<T>(FeedScope scope, [EnumeratorCancellation] CancellationToken cancellationToken)
            where T : class, IResource<T>
        {
            Begun.Enqueue($"{T.Info.Kind} {scope}");
            yield return new FeedEvent<T>.Init();
            if (Interlocked.Decrement(ref Failures) >= 0)
            {
                throw new InvalidOperationException("a feed must not throw");
            }

            if (new ConfigMap { Metadata = new ObjectMeta { Namespace = "n", Name = "a", ResourceVersion = "1" } } is T map)
            {
                yield return new FeedEvent<T>.InitApply(map);
            }

            yield return new FeedEvent<T>.InitDone(1);
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }
            finally
            {
                Interlocked.Increment(ref Ended);
            }
        }
    }
}
