using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Client.Caching;

namespace MiniK8s.Client.Tests.Caching;

public sealed class FollowerTests
{
    private readonly List<string> _told = [];
    private readonly Follower<ConfigMap> _follower;

    public FollowerTests() => _follower = new((key, value, _) => _told.Add($"{key}: {value?.Metadata.ResourceVersion ?? "gone"}"));

    [Fact]
    public async Task Objects_of_a_list_are_told_at_once_and_it_is_in_sync_with_the_end_of_the_first()
    {
        var synced = _follower.WaitForSyncAsync();
        _follower.Begin();
        _follower.Add(Map("a", 1));
        Assert.Equal(["n/a: 1"], _told);
        Assert.False(synced.IsCompleted);

        _follower.Complete();

        await synced.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void What_a_later_list_lacks_is_told_as_gone_at_its_end()
    {
        List(Map("a", 1), Map("b", 2));
        _follower.Apply(Map("c", 3));
        _told.Clear();

        List(Map("b", 4));

        Assert.Equal("n/b: 4", _told[0]);
        Assert.Equal(["n/a: gone", "n/c: gone"], _told.Skip(1).Order());
    }

    [Fact]
    public void A_list_that_broke_off_tells_of_nothing_gone_but_what_it_brought_is_missed_by_the_next()
    {
        List(Map("a", 1));
        _told.Clear();
        _follower.Begin();
        _follower.Add(Map("b", 2));

        List(Map("a", 1));

        Assert.Equal(["n/b: 2", "n/a: 1", "n/b: gone"], _told);
    }

    [Fact]
    public void Of_what_was_never_known_no_end_is_told()
    {
        List(Map("a", 1));
        _told.Clear();

        _follower.Delete(new ObjectKey("n", "b"));
        _follower.Delete(new ObjectKey("n", "a"));
        _follower.Delete(new ObjectKey("n", "a"));

        Assert.Equal(["n/a: gone"], _told);
    }

    [Fact]
    public void A_handler_that_throws_does_not_stop_the_feed()
    {
        var target = new Follower<ConfigMap>((key, _, _) => throw new InvalidOperationException(key.Name));

        target.Begin();
        target.Add(Map("a", 1));
        target.Complete();

        Assert.True(target.WaitForSyncAsync().IsCompletedSuccessfully);
    }

    private void List(params ConfigMap[] maps)
    {
        _follower.Begin();
        foreach (var map in maps) _follower.Add(map);
        _follower.Complete();
    }

    private static ConfigMap Map(string name, int version) =>
        new() { Metadata = new ObjectMeta { Namespace = "n", Name = name, ResourceVersion = $"{version}" } };
}
