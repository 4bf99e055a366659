using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.Logging;
using MiniK8s.ApiServer.Cache;
using MiniK8s.ApiServer.Registry;
using MiniK8s.ApiServer.Storage;
using MiniK8s.ApiServer.Storage.Memory;
using MiniK8s.TestKit;

namespace MiniK8s.ApiServer.Tests.Cache;

public sealed class CacheFeedTests : IAsyncDisposable
{
    private const string Prefix = "/registry/core/things/";
    private readonly BreakableStore store = new(new MemoryStore(TimeProvider.System));
    private readonly WatchCache cache = new(new WatchCacheOptions());
    private readonly CancellationTokenSource stop = new();
    private readonly Messages messages = new();
    private Task running = Task.CompletedTask;

    [Fact]
    public async Task Fills_the_cache_and_follows_the_store()
    {
        await PutAsync("n/a");
        await PutAsync("n/b");
        Start();
        await SeesAsync("n/a n/b");
        await PutAsync("n/c");
        await DeleteAsync("n/a");
        await SeesAsync("n/b n/c");
    }

    [Fact]
    public async Task A_broken_watch_is_resumed_without_loss()
    {
        Start();
        await PutAsync("n/a");
        await SeesAsync("n/a");
        using var watch = cache.Subscribe(ObjectFilter.All, cache.Current.Revision);
        store.Break(new StoreUnavailableException("away"));
        await PutAsync("n/b");
        await PutAsync("n/c");
        await SeesAsync("n/a n/b n/c");
        Assert.Equal(["n/b", "n/c"], Drain(watch));
        Assert.Contains(messages.Texts, text => text.Contains("broke at revision") && text.Contains(Prefix));
    }

    [Fact]
    public async Task After_a_compaction_the_state_is_read_anew_and_watches_end()
    {
        Start();
        await PutAsync("n/a");
        await SeesAsync("n/a");
        using var watch = cache.Subscribe(ObjectFilter.All, cache.Current.Revision);
        store.Break(new CompactedException(5));
        await DeleteAsync("n/a");
        await PutAsync("n/b");
        await SeesAsync("n/b");
        await Eventually.TrueAsync(() => watch.Items.Completion.IsFaulted, "the watch ends");
    }

    [Fact]
    public async Task A_value_that_is_no_object_is_reported_with_its_key_and_stops_nothing()
    {
        await PutAsync("n/a");
        await store.CommitAsync(new StoreTransaction([], [StoreOperation.Put(Prefix + "n/broken", "{\"meta"u8.ToArray())]));
        Start();
        await SeesAsync("n/a");
        await PutAsync("n/z");
        await SeesAsync("n/a n/z");
        Assert.Contains(messages.Texts, text => text.Contains(Prefix + "n/broken"));

        // An object that becomes unreadable is gone for those who watch, and comes back when it is mended.
        using var watch = cache.Subscribe(ObjectFilter.All, cache.Current.Revision);
        await store.CommitAsync(new StoreTransaction([], [StoreOperation.Put(Prefix + "n/z", "[]"u8.ToArray())]));
        await SeesAsync("n/a");
        await PutAsync("n/z");
        await SeesAsync("n/a n/z");
        Assert.Equal(["Deleted", "Added"], DrainTypes(watch));
    }

    [Fact]
    public async Task Reads_the_state_at_a_revision_from_the_store()
    {
        await PutAsync("n/a");
        var then = await store.CurrentRevisionAsync();
        await DeleteAsync("n/a");
        await PutAsync("n/b");
        var feed = new CacheFeed(store, Prefix, cache, NoFieldReader.Instance, messages);
        var snapshot = await feed.ReadAsync(then, TestContext.Current.CancellationToken);
        Assert.Equal(("n/a", then), (string.Join(' ', snapshot.Objects.Select(value => value.Key)), snapshot.Revision));
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        await store.DisposeAsync();
        stop.Dispose();
    }

    private void Start() => running = new CacheFeed(store, Prefix, cache, NoFieldReader.Instance, messages).RunAsync(TimeProvider.System, stop.Token);

    private async Task PutAsync(string key) => await store.CommitAsync(
        new StoreTransaction([], [StoreOperation.Put(Prefix + key, Encoding.UTF8.GetBytes("{\"metadata\":{}}"))]));

    private async Task DeleteAsync(string key) => await store.CommitAsync(new StoreTransaction([], [StoreOperation.Delete(Prefix + key)]));

    private Task SeesAsync(string keys) =>
        Eventually.TrueAsync(() => string.Join(' ', cache.Current.Objects.Select(value => value.Key)) == keys, $"the cache holds {keys}");

    private static List<string> Drain(Subscription watch)
    {
        var keys = new List<string>();
        while (watch.Items.TryRead(out var item)) keys.Add(item.Object.Key);
        return keys;
    }

    private static List<string> DrainTypes(Subscription watch)
    {
        var types = new List<string>();
        while (watch.Items.TryRead(out var item)) types.Add(item.Type.ToString()!);
        return types;
    }

    /// <summary>A store whose watch can be made to fail once.</summary>
    private sealed class BreakableStore(IStore inner) : IStore
    {
        private CancellationTokenSource breaking = new();
        private Exception? failure;

        public void Break(Exception with)
        {
            failure = with;
            Interlocked.Exchange(ref breaking, new CancellationTokenSource()).Cancel();
        }

        public async IAsyncEnumerable<StoreBatch> WatchAsync(string prefix, long afterRevision, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            using var both = CancellationTokenSource.CreateLinkedTokenSource(breaking.Token, cancellationToken);
            await using var batches = inner.WatchAsync(prefix, afterRevision, both.Token).GetAsyncEnumerator(both.Token);
            while (true)
            {
                try
                {
                    if (!await batches.MoveNextAsync()) yield break;
                }
                catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && failure is { } problem)
                {
                    failure = null;
                    throw problem;
                }

                yield return batches.Current;
            }
        }

        public ValueTask<StoreRead> GetAsync(string key, CancellationToken cancellationToken = default) => inner.GetAsync(key, cancellationToken);

        public ValueTask<StoreRange> RangeAsync(RangeRequest request, CancellationToken cancellationToken = default) => inner.RangeAsync(request, cancellationToken);

        public ValueTask<CommitResult> CommitAsync(StoreTransaction transaction, CancellationToken cancellationToken = default) => inner.CommitAsync(transaction, cancellationToken);

        public ValueTask RequestProgressAsync(CancellationToken cancellationToken = default) => inner.RequestProgressAsync(cancellationToken);

        public ValueTask<long> CurrentRevisionAsync(CancellationToken cancellationToken = default) => inner.CurrentRevisionAsync(cancellationToken);

        public ValueTask CompactAsync(long revision, CancellationToken cancellationToken = default) => inner.CompactAsync(revision, cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }

    /// <summary>Keeps what is logged.</summary>
    private sealed class Messages : ILogger
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> texts = new();

        public IReadOnlyCollection<string> Texts => texts;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            texts.Enqueue(formatter(state, exception));
    }
}
