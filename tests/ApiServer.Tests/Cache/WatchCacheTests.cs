using MiniK8s.Api.Errors;
using MiniK8s.ApiServer.Cache;
using static MiniK8s.ApiServer.Tests.Cache.CacheObjects;

namespace MiniK8s.ApiServer.Tests.Cache;

public sealed class WatchCacheTests
{
    [Fact]
    public void Holds_what_changes_have_made_of_it()
    {
        var cache = Filled();
        var (a, b) = (Added("n/a", 11), Added("n/b", 12));
        cache.Apply(11, [a]);
        cache.Apply(12, [b]);
        cache.Apply(13, [Modified(a, 13)]);
        cache.Apply(14, [Deleted(b, 14)]);
        cache.Apply(20, []);
        Assert.Equal(("n/a@13", 20L), (cache.Current.Keys(), cache.Current.Revision));
        Assert.Equal(13, cache.Current.Find("n/a")!.Revision);
        Assert.Null(cache.Current.Find("n/b"));
    }

    [Theory]
    [InlineData(10, "")]
    [InlineData(11, "n/a@11")]
    [InlineData(12, "n/a@11 n/b@12")]
    [InlineData(13, "n/a@13 n/b@12")]
    [InlineData(14, "n/a@13")]
    [InlineData(15, "n/a@13 n/b@15")]
    public void Knows_how_it_was(long revision, string keys)
    {
        var cache = Filled();
        var (a, b) = (Added("n/a", 11), Added("n/b", 12));
        cache.Apply(11, [a]);
        cache.Apply(12, [b]);
        cache.Apply(13, [Modified(a, 13)]);
        cache.Apply(14, [Deleted(b, 14)]);
        cache.Apply(15, [Added("n/b", 15)]);
        Assert.Equal(keys, cache.At(revision)!.Keys());
        Assert.Null(cache.At(9));
        Assert.Null(cache.At(16));
    }

    [Fact]
    public void A_watch_gets_what_came_before_and_after_its_opening_once_each()
    {
        var cache = Filled();
        cache.Apply(11, [Added("n/a", 11)]);
        cache.Apply(12, [Added("n/b", 12)]);
        using var watch = cache.Subscribe(ObjectFilter.All, 11);
        cache.Apply(13, [Added("n/c", 13)]);
        Assert.Equal(["Added n/b@12"], watch.Backlog.Select(item => item.Text()));
        Assert.Equal("Added n/c@13", Read(watch));
        Assert.False(watch.Items.TryRead(out _));
    }

    [Fact]
    public void A_watch_that_was_cut_within_a_revision_of_several_changes_is_shown_all_of_them_again()
    {
        var cache = Filled();
        cache.Apply(11, [Added("n/a", 11), Added("n/b", 11)]);
        cache.Apply(12, [Added("n/c", 12)]);
        using var cut = cache.Subscribe(ObjectFilter.All, 11);
        Assert.Equal(["Added n/a@11", "Added n/b@11", "Added n/c@12"], cut.Backlog.Select(item => item.Text()));
        using var whole = cache.Subscribe(ObjectFilter.All, 12);
        Assert.Empty(whole.Backlog);
    }

    [Fact]
    public void A_watch_from_the_future_leaves_out_what_is_earlier()
    {
        var cache = Filled();
        using var watch = cache.Subscribe(ObjectFilter.All, 12);
        cache.Apply(11, [Added("n/a", 11)]);
        cache.Apply(12, [Added("n/b", 12)]);
        cache.Bookmark();
        cache.Apply(13, [Added("n/c", 13)]);
        cache.Bookmark();
        Assert.Equal(["Added n/c@13", "bookmark@13"], [Read(watch), Read(watch)]);
    }

    [Fact]
    public void A_slow_watch_ends_with_410_and_the_others_go_on()
    {
        var cache = Filled(options: new WatchCacheOptions { Buffer = 2 });
        using var slow = cache.Subscribe(ObjectFilter.All, 10);
        using var quick = cache.Subscribe(ObjectFilter.All, 10);
        for (var revision = 11; revision < 15; revision++)
        {
            cache.Apply(revision, [Added($"n/a{revision}", revision)]);
            Assert.Equal($"Added n/a{revision}@{revision}", Read(quick));
        }

        Assert.Equal(["Added n/a11@11", "Added n/a12@12"], [Read(slow), Read(slow)]);
        Assert.False(slow.Items.TryRead(out _));
        var end = Assert.IsType<ApiException>(slow.Items.Completion.Exception!.InnerException);
        Assert.Equal((410, StatusReasons.Expired), (end.Code, end.Reason));
        Assert.Equal(1, cache.Watches);
    }

    [Fact]
    public void Changes_that_are_forgotten_answer_410_and_those_of_one_revision_go_together()
    {
        var cache = Filled(options: new WatchCacheOptions { History = 3 });
        cache.Apply(11, [Added("n/a", 11), Added("n/b", 11)]);
        cache.Apply(12, [Added("n/c", 12)]);
        cache.Apply(13, [Added("n/d", 13)]);
        Assert.True(Assert.Throws<ApiException>(() => cache.Subscribe(ObjectFilter.All, 10)).IsGone);
        using var watch = cache.Subscribe(ObjectFilter.All, 11);
        Assert.Equal(["Added n/c@12", "Added n/d@13"], watch.Backlog.Select(item => item.Text()));
    }

    [Fact]
    public void A_new_state_ends_the_watches_of_the_old_one()
    {
        var cache = Filled();
        using var watch = cache.Subscribe(ObjectFilter.All, 10);
        cache.Reset(CacheSnapshot.Empty with { Revision = 50 });
        Assert.True(Assert.IsType<ApiException>(watch.Items.Completion.Exception!.InnerException).IsGone);
        Assert.True(Assert.Throws<ApiException>(() => cache.Subscribe(ObjectFilter.All, 49)).IsGone);
        Assert.Equal(0, cache.Watches);
    }

    [Fact]
    public void A_watch_of_a_namespace_sees_no_other()
    {
        var cache = Filled();
        cache.Apply(11, [Added("n/a", 11)]);
        cache.Apply(12, [Added("n-a/a", 12)]);
        using var watch = cache.Subscribe(new ObjectFilter("n"), 10);
        cache.Apply(13, [Added("n-a/b", 13)]);
        cache.Apply(14, [Added("n/b", 14)]);
        Assert.Equal(["Added n/a@11"], watch.Backlog.Select(item => item.Text()));
        Assert.Equal("Added n/b@14", Read(watch));
        Assert.Equal(["n/a", "n/b"], cache.Current.In(cache.Current.RangeOf("n")).Select(value => value.Key));
        Assert.Equal(["n/b"], cache.Current.In(cache.Current.RangeOf("n", "n/a")).Select(value => value.Key));
        Assert.Equal(["n-a/b", "n/a", "n/b"], cache.Current.In(cache.Current.RangeOf("", "n-a/a")).Select(value => value.Key));
    }

    [Theory]
    [InlineData("", "w", "Added")]
    [InlineData("w", "w", "Modified")]
    [InlineData("w", "", "Deleted")]
    [InlineData("", "", null)]
    public void A_filter_decides_what_a_change_means(string before, string after, string? wanted)
    {
        var filter = new ObjectFilter("", value => value.Labels["l"] == "w");
        var change = Modified(Added("a", 11, before), 12, after);
        Assert.Equal(wanted, filter.Translate(change)?.ToString());
        Assert.Equal(before == "w" ? ChangeType.Deleted : null, filter.Translate(Deleted(Added("a", 11, before), 12)));
        Assert.Equal(after == "w" ? ChangeType.Added : null, filter.Translate(Added("a", 11, after)));
        if (wanted == "Deleted") Assert.Equal(("w", 12L), (change.Departed.Labels["l"], change.Departed.Revision));
    }

    [Fact]
    public async Task A_reader_waits_for_its_revision()
    {
        var cache = Filled();
        var waiting = cache.AtLeastAsync(12, TestContext.Current.CancellationToken).AsTask();
        cache.Apply(11, []);
        Assert.False(waiting.IsCompleted);
        cache.Apply(13, []);
        Assert.Equal(13, (await waiting).Revision);
    }

    [Fact]
    public async Task A_reader_who_gives_up_leaves_nothing_behind()
    {
        var cache = Filled();
        using var patience = new CancellationTokenSource();
        var waiting = cache.AtLeastAsync(999, patience.Token).AsTask();
        Assert.Equal(1, cache.Waiters);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(0, cache.Waiters);
    }

    [Fact]
    public void A_form_of_an_event_is_made_once_for_all_watches()
    {
        var cache = Filled();
        var watches = Enumerable.Range(0, 100).Select(_ => cache.Subscribe(ObjectFilter.All, 10)).ToList();
        cache.Apply(11, [Added("n/a", 11)]);
        var made = 0;
        foreach (var watch in watches)
        {
            Assert.True(watch.Items.TryRead(out var item));
            var bytes = item.Change!.Renderings.Get("table", item.Object, value =>
            {
                made++;
                return value.Json;
            });
            Assert.Equal(item.Object.Json, bytes);
        }

        Assert.Equal(1, made);
    }

    [Fact]
    public void The_fan_out_of_an_event_allocates_nothing_per_watch()
    {
        var cache = Filled();
        var watches = Enumerable.Range(0, 500).Select(_ => cache.Subscribe(ObjectFilter.All, 10)).ToList();
        var revision = 11;
        Apply();
        Apply();
        Apply();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Apply();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // The object itself, its place in the tree and in the log: nothing that grows with the watches.
        Assert.InRange(allocated, 0, 500 * 8);
        Assert.All(watches, watch => Assert.Equal(4, watch.Items.Count));

        void Apply()
        {
            cache.Apply(revision, [Added($"n/a{revision}", revision)]);
            revision++;
        }
    }

    private static string Read(Subscription watch) => watch.Items.TryRead(out var item) ? item.Text() : "nothing";
}
