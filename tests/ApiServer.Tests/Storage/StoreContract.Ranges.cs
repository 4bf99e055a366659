using MiniK8s.ApiServer.Storage;

namespace MiniK8s.ApiServer.Tests.Storage;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_range_is_ordered_by_bytes_and_excludes_its_end()
    {
        foreach (var name in (string[])["b", "a", "c", "a/b", "a-b", "B", "aa", "a.b"])
        {
            await PutAsync(name, "");
        }

        Assert.Equal(["B", "a", "a-b", "a.b", "a/b", "aa", "b", "c"], Names(await Store.RangeAsync(All, Token)));
        Assert.Equal(["a", "a-b", "a.b", "a/b", "aa"], Names(await Store.RangeAsync(new RangeRequest(Key("a"), Key("b")), Token)));
        Assert.Equal(["a/b"], Names(await Store.RangeAsync(new RangeRequest(Key("a/"), StoreKeys.PrefixEnd(Key("a/"))), Token)));
        Assert.Empty((await Store.RangeAsync(new RangeRequest(Key("x"), Key("z")), Token)).Values);
    }

    [Fact]
    public async Task A_limited_range_counts_all_and_continues_after_its_last_key()
    {
        for (var i = 0; i < 10; i++)
        {
            await PutAsync($"k{i}", $"{i}");
        }

        var names = new List<string>();
        var request = All with { Limit = 4 };
        var counts = new List<long>();
        while (true)
        {
            var page = await Store.RangeAsync(request, Token);
            names.AddRange(Names(page));
            counts.Add(page.Count);
            if (page.Count == page.Values.Count)
            {
                break;
            }

            request = request with { Start = page.Values[^1].Key + "\0" };
        }

        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"k{i}"), names);
        Assert.Equal([10, 6, 2], counts);
    }

    [Fact]
    public async Task A_range_at_an_old_revision_shows_the_store_as_it_was()
    {
        await PutAsync("a", "1");
        var first = await PutAsync("b", "1");
        await PutAsync("a", "2");
        var second = await DeleteAsync("b");
        var last = await PutAsync("c", "1");

        var old = await Store.RangeAsync(All with { Revision = first }, Token);
        Assert.Equal(["a=1", "b=1"], Show(old));
        Assert.Equal(2, old.Count);
        Assert.True(old.Revision >= last, "the answer carries the store's revision, not the one asked for");
        Assert.Equal(["a=2"], Show(await Store.RangeAsync(All with { Revision = second }, Token)));
        Assert.Equal(["a=2", "c=1"], Show(await Store.RangeAsync(All, Token)));
        Assert.Equal(["a=1"], Show(await Store.RangeAsync(All with { Revision = first, Limit = 1 }, Token)));
    }

    [Fact]
    public async Task A_range_at_a_future_revision_is_refused()
    {
        var revision = await PutAsync("a", "1");

        await Assert.ThrowsAsync<FutureRevisionException>(async () => await Store.RangeAsync(All with { Revision = revision + 1000 }, Token));
    }

    [Fact]
    public async Task Compaction_forgets_what_is_older_and_keeps_what_is_not()
    {
        var first = await PutAsync("a", "1");
        var second = await PutAsync("a", "2");
        await DeleteAsync("a");
        var third = await PutAsync("b", "1");

        await Store.CompactAsync(second, Token);
        await Store.CompactAsync(second, Token);
        await Store.CompactAsync(first, Token);

        var error = await Assert.ThrowsAsync<CompactedException>(async () => await Store.RangeAsync(All with { Revision = first }, Token));
        Assert.Equal(second, error.CompactRevision);
        Assert.Equal(["a=2"], Show(await Store.RangeAsync(All with { Revision = second }, Token)));
        Assert.Equal(["b=1"], Show(await Store.RangeAsync(All with { Revision = third }, Token)));

        await Store.CompactAsync(third, Token);
        Assert.Equal(["b=1"], Show(await Store.RangeAsync(All, Token)));
        await Assert.ThrowsAsync<CompactedException>(async () => await Store.RangeAsync(All with { Revision = second }, Token));
        await Assert.ThrowsAsync<FutureRevisionException>(async () => await Store.CompactAsync(third + 1000, Token));
    }

    private IEnumerable<string> Names(StoreRange range) => range.Values.Select(value => value.Key[Prefix.Length..]);
}
