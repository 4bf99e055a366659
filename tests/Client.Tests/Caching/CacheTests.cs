using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Client.Caching;
using MiniK8s.Client.Feeds;

namespace MiniK8s.Client.Tests.Caching;

public sealed class CacheTests
{
    private readonly Cache<ConfigMap> _cache = new();
    private readonly List<string> _changes = [];

    [Fact]
    public void Objects_are_found_by_key_and_by_namespace()
    {
        _cache.Replace([Map("one", "a", 1), Map("one", "b", 2), Map("two", "a", 3)]);

        Assert.Equal("3", _cache.Get(new ObjectKey("two", "a"))?.Metadata.ResourceVersion);
        Assert.Null(_cache.Get(new ObjectKey("two", "b")));
        Assert.Equal(3, _cache.List().Count);
        Assert.Equal(["a", "b"], _cache.List("one").Select(map => map.Metadata.Name).Order());
        Assert.Empty(_cache.List("three"));
    }

    [Fact]
    public void A_list_taken_before_a_change_stays_as_it_was()
    {
        _cache.Replace([Map("n", "a", 1)]);
        var before = _cache.List();

        _cache.Apply(Map("n", "b", 2));
        _cache.Delete(new ObjectKey("n", "a"));

        Assert.Equal(["a"], before.Select(map => map.Metadata.Name));
        Assert.Equal(["b"], _cache.List().Select(map => map.Metadata.Name));
    }

    [Fact]
    public void A_subscriber_hears_of_what_is_there_and_then_of_each_change_with_both_versions()
    {
        _cache.Replace([Map("n", "a", 1)]);
        using var subscription = Record();
        _cache.Apply(Map("n", "a", 2));
        _cache.Apply(Map("n", "b", 3));
        _cache.Delete(new ObjectKey("n", "a"));

        Assert.Equal(["n/a: - > 1", "n/a: 1 > 2", "n/b: - > 3", "n/a: 2 > -"], _changes);
    }

    [Fact]
    public void A_new_list_is_told_as_its_differences_and_the_unchanged_keep_their_identity()
    {
        _cache.Replace([Map("n", "gone", 1), Map("n", "same", 2), Map("n", "changed", 3)]);
        var same = _cache.Get(new ObjectKey("n", "same"));
        using var subscription = Record();
        _changes.Clear();

        _cache.Replace([Map("n", "same", 2), Map("n", "changed", 4), Map("n", "new", 5)]);

        Assert.Equal(["n/changed: 3 > 4", "n/gone: 1 > -", "n/new: - > 5"], _changes.Order(StringComparer.Ordinal));
        Assert.Same(same, _cache.Get(new ObjectKey("n", "same")));
    }

    [Fact]
    public void An_object_made_again_under_its_name_is_a_change()
    {
        _cache.Replace([Map("n", "a", 1) with { Metadata = new ObjectMeta { Namespace = "n", Name = "a", ResourceVersion = "1", Uid = "old" } }]);
        using var subscription = Record();
        _changes.Clear();

        _cache.Apply(Map("n", "a", 1) with { Metadata = new ObjectMeta { Namespace = "n", Name = "a", ResourceVersion = "1", Uid = "new" } });

        Assert.Single(_changes);
    }

    [Fact]
    public void What_does_not_change_anything_is_not_told()
    {
        _cache.Replace([Map("n", "a", 1)]);
        using var subscription = Record();
        _changes.Clear();

        _cache.Apply(Map("n", "a", 1));
        _cache.Delete(new ObjectKey("n", "b"));
        _cache.Replace([Map("n", "a", 1)]);

        Assert.Empty(_changes);
    }

    [Fact]
    public void A_handler_sees_the_new_state_and_one_that_throws_harms_nobody()
    {
        using var bad = _cache.Subscribe(_ => throw new InvalidOperationException("mine"));
        var seen = new List<int>();
        using var good = _cache.Subscribe(_ => seen.Add(_cache.List().Count));

        _cache.Replace([Map("n", "a", 1), Map("n", "b", 2)]);
        _cache.Apply(Map("n", "c", 3));

        Assert.Equal([2, 2, 3], seen);
    }

    [Fact]
    public void A_disposed_subscription_is_silent()
    {
        Record().Dispose();

        _cache.Apply(Map("n", "a", 1));

        Assert.Empty(_changes);
    }

    [Fact]
    public async Task Readers_never_see_half_of_a_list()
    {
        ConfigMap[] Generation(int n) => [.. Enumerable.Range(0, 50).Select(i => Map("n", $"m{i}", n))];
        _cache.Replace(Generation(0));
        using var stop = new CancellationTokenSource();
        var begun = new TaskCompletionSource();
        var reader = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                Assert.Single(_cache.List().Select(map => map.Metadata.ResourceVersion).Distinct());
                begun.TrySetResult();
            }
        });
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(10));
        for (var n = 1; n <= 300; n++)
        {
            _cache.Replace(Generation(n));
        }

        await stop.CancelAsync();
        await reader;
    }

    [Fact]
    public async Task Sync_is_the_first_complete_list_and_not_its_parts()
    {
        var reflector = new Reflector<ConfigMap>(new NoFeed(), _cache);
        var waiting = _cache.WaitForSyncAsync();
        reflector.Take(new FeedEvent<ConfigMap>.Init());
        reflector.Take(new FeedEvent<ConfigMap>.InitApply(Map("n", "a", 1)));
        Assert.False(_cache.HasSynced);
        Assert.Empty(_cache.List());

        reflector.Take(new FeedEvent<ConfigMap>.InitDone(1));

        await waiting.WaitAsync(TimeSpan.FromSeconds(5));
        Assert.Single(_cache.List());
    }

    [Fact]
    public void A_second_list_deletes_what_it_lacks_and_a_broken_one_counts_for_nothing()
    {
        var reflector = new Reflector<ConfigMap>(new NoFeed(), _cache);
        reflector.Take(new FeedEvent<ConfigMap>.Init());
        reflector.Take(new FeedEvent<ConfigMap>.InitApply(Map("n", "a", 1)));
        reflector.Take(new FeedEvent<ConfigMap>.InitApply(Map("n", "b", 2)));
        reflector.Take(new FeedEvent<ConfigMap>.InitDone(2));
        using var subscription = Record();
        _changes.Clear();

        reflector.Take(new FeedEvent<ConfigMap>.Init());
        reflector.Take(new FeedEvent<ConfigMap>.InitApply(Map("n", "broken", 3)));
        reflector.Take(new FeedEvent<ConfigMap>.Init());
        reflector.Take(new FeedEvent<ConfigMap>.InitApply(Map("n", "b", 2)));
        reflector.Take(new FeedEvent<ConfigMap>.InitDone(4));

        Assert.Equal(["n/a: 1 > -"], _changes);
    }

    private IDisposable Record() => _cache.Subscribe(change =>
        _changes.Add($"{change.Key}: {change.Previous?.Metadata.ResourceVersion ?? "-"} > {change.Current?.Metadata.ResourceVersion ?? "-"}"));

    private static ConfigMap Map(string space, string name, int version) =>
        new() { Metadata = new ObjectMeta { Namespace = space, Name = name, ResourceVersion = $"{version}" } };

    private sealed class NoFeed : IChangeFeed
    {
        public IAsyncEnumerable<FeedEvent<T>> ReadAsync<T>(FeedScope scope, CancellationToken cancellationToken)
            where T : class, Api.Declarations.IResource<T> => throw new NotSupportedException("steps are given by hand");
    }
}
