using MiniK8s.TestKit;
using MiniK8s.TestKit.Time;

namespace MiniK8s.ApiServer.Tests.Http;

public sealed class WatchTests
{
    [Fact]
    public async Task Changes_come_in_order_once_each_and_with_their_versions()
    {
        await using var api = await TestApi.StartAsync();
        var start = (await api.GetAsync(TestApi.ConfigMaps())).ResourceVersion;
        await using var watch = await WatchClient.OpenAsync(api, $"{TestApi.ConfigMaps()}?watch=true&resourceVersion={start}");
        await Parallel.ForEachAsync(Enumerable.Range(0, 10), async (writer, _) =>
        {
            await api.CreateConfigMapAsync($"w{writer}");
            for (var round = 1; round <= 5; round++) await api.PatchAsync($"{TestApi.ConfigMaps()}/w{writer}", new { data = new { n = $"{round}" } });
            await api.DeleteAsync($"{TestApi.ConfigMaps()}/w{writer}");
        });

        var events = await watch.TakeAsync(70);
        Assert.Equal(events.Select(line => line.Revision).Order(), events.Select(line => line.Revision));
        Assert.Equal(70, events.Select(line => line.Revision).Distinct().Count());
        foreach (var writer in events.GroupBy(line => line.Name))
        {
            Assert.Equal(["ADDED", "MODIFIED", "MODIFIED", "MODIFIED", "MODIFIED", "MODIFIED", "DELETED"], writer.Select(line => line.Type));
            Assert.Equal(["0", "1", "2", "3", "4", "5", "5"], writer.Select(line => line.Object["data"]!["n"]!.GetValue<string>()));
        }
    }

    [Fact]
    public async Task A_watch_resumes_where_another_one_ended()
    {
        await using var api = await TestApi.StartAsync();
        var start = (await api.GetAsync(TestApi.ConfigMaps())).ResourceVersion;
        for (var index = 0; index < 20; index++) await api.CreateConfigMapAsync($"c{index:00}");
        var seen = new List<string>();
        var from = start;
        while (seen.Count < 20)
        {
            await using var watch = await WatchClient.OpenAsync(api, $"{TestApi.ConfigMaps()}?watch=true&resourceVersion={from}");
            var some = await watch.TakeAsync(Math.Min(7, 20 - seen.Count));
            seen.AddRange(some.Select(line => line.Name));
            from = some[^1].Revision.ToString();
        }

        Assert.Equal(Enumerable.Range(0, 20).Select(index => $"c{index:00}"), seen);
    }

    [Theory]
    [InlineData("")]
    [InlineData("&resourceVersion=0")]
    public async Task Without_a_version_a_watch_begins_with_what_is_there(string query)
    {
        await using var api = await TestApi.StartAsync();
        await api.CreateConfigMapAsync("a");
        await api.GetAsync(TestApi.ConfigMaps());
        await using var watch = await WatchClient.OpenAsync(api, $"{TestApi.ConfigMaps()}?watch=true{query}");
        Assert.Equal("ADDED a", (await watch.NextAsync()).ToString());
        await api.CreateConfigMapAsync("b");
        Assert.Equal("ADDED b", (await watch.NextAsync()).ToString());
    }

    [Fact]
    public async Task Initial_events_end_with_a_marked_bookmark()
    {
        await using var api = await TestApi.StartAsync();
        await api.CreateConfigMapAsync("a");
        await using var watch = await WatchClient.OpenAsync(
            api, $"{TestApi.ConfigMaps()}?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true");
        Assert.Equal("ADDED a", (await watch.NextAsync()).ToString());
        var mark = await watch.NextAsync();
        Assert.Equal(("BOOKMARK", "true"), (mark.Type, mark.Object["metadata"]!["annotations"]!["k8s.io/initial-events-end"]!.GetValue<string>()));
        Assert.Equal("ConfigMap", mark.Object["kind"]!.GetValue<string>());
        await api.CreateConfigMapAsync("b");
        var next = await watch.NextAsync();
        Assert.Equal("ADDED b", next.ToString());
        Assert.True(next.Revision > mark.Revision);
    }

    [Fact]
    public async Task A_selector_turns_changes_into_additions_and_deletions()
    {
        await using var api = await TestApi.StartAsync();
        await using var watch = await WatchClient.OpenAsync(api, $"{TestApi.ConfigMaps()}?watch=true&labelSelector=app%3Dweb");
        await api.CreateConfigMapAsync("other", labels: new { app = "db" });
        await api.CreateConfigMapAsync("a", labels: new { app = "web" });
        await api.PatchAsync($"{TestApi.ConfigMaps()}/a", new { data = new { n = "1" } });
        var left = await api.PatchAsync($"{TestApi.ConfigMaps()}/a", new { metadata = new { labels = new { app = "db" } } });
        await api.PatchAsync($"{TestApi.ConfigMaps()}/a", new { data = new { n = "2" } });
        await api.PatchAsync($"{TestApi.ConfigMaps()}/a", new { metadata = new { labels = new { app = "web" } } });
        await api.DeleteAsync($"{TestApi.ConfigMaps()}/a");
        var events = await watch.TakeAsync(5);
        Assert.Equal(["ADDED a", "MODIFIED a", "DELETED a", "ADDED a", "DELETED a"], events.Select(line => line.ToString()));

        // What leaves is shown as it was when it still matched, at the version of the change.
        Assert.Equal(("web", "1"), (events[2].Object["metadata"]!["labels"]!["app"]!.GetValue<string>(), events[2].Object["data"]!["n"]!.GetValue<string>()));
        Assert.Equal(left.ResourceVersion, events[2].Revision.ToString());
    }

    [Fact]
    public async Task Only_changes_of_the_namespace_and_the_name_asked_for_come()
    {
        await using var api = await TestApi.StartAsync();
        await api.CreateNamespaceAsync("n");
        await using var space = await WatchClient.OpenAsync(api, $"{TestApi.ConfigMaps("n")}?watch=true");
        await using var one = await WatchClient.OpenAsync(api, "/api/v1/configmaps?watch=true&fieldSelector=metadata.name%3Db");
        await api.CreateConfigMapAsync("a");
        await api.CreateConfigMapAsync("a", "n");
        await api.CreateConfigMapAsync("b", "n");
        Assert.Equal(["n/a", "n/b"], (await space.TakeAsync(2)).Select(line => $"{line.Object["metadata"]!["namespace"]}/{line.Name}"));
        Assert.Equal("b", (await one.NextAsync()).Name);
    }

    [Fact]
    public async Task A_version_that_is_too_old_answers_410()
    {
        await using var api = await TestApi.StartAsync(TestApi.Options with { WatchHistory = 2 });
        var start = (await api.GetAsync(TestApi.ConfigMaps())).ResourceVersion;
        for (var index = 0; index < 5; index++) await api.CreateConfigMapAsync($"c{index}");
        await api.GetAsync(TestApi.ConfigMaps());
        var answer = await api.GetAsync($"{TestApi.ConfigMaps()}?watch=true&resourceVersion={start}");
        Assert.Equal((410, "Expired"), (answer.Code, answer.Reason));
    }

    [Fact]
    public async Task The_server_ends_a_watch_when_its_time_is_up()
    {
        await using var api = await TestApi.StartAsync();
        await using var watch = await WatchClient.OpenAsync(api, $"{TestApi.ConfigMaps()}?watch=true&timeoutSeconds=1");
        Assert.Empty(await watch.RestAsync());
    }

    [Fact]
    public async Task Bookmarks_come_at_intervals_to_those_who_allow_them()
    {
        var clock = new ManualClock();
        await using var api = await TestApi.StartAsync(clock: clock);
        var revision = (await api.CreateConfigMapAsync("a"))["metadata"]!["resourceVersion"]!.GetValue<string>();
        await using var marked = await WatchClient.OpenAsync(api, $"{TestApi.ConfigMaps()}?watch=true&allowWatchBookmarks=true");
        await using var plain = await WatchClient.OpenAsync(api, $"{TestApi.ConfigMaps()}?watch=true");
        Assert.Equal("ADDED a", (await marked.NextAsync()).ToString());
        await api.CreateNamespaceAsync("elsewhere");

        // A consistent list brings the cache past the change of another kind, and the next bookmark says so.
        var list = await api.GetAsync(TestApi.ConfigMaps());
        clock.Advance(TimeSpan.FromMinutes(1));
        var bookmark = await marked.NextAsync();
        Assert.Equal(("BOOKMARK", list.ResourceVersion), (bookmark.Type, bookmark.Revision.ToString()));
        Assert.NotEqual(revision, list.ResourceVersion);
        await api.CreateConfigMapAsync("b");
        Assert.Equal(["ADDED a", "ADDED b"], (await plain.TakeAsync(2)).Select(line => line.ToString()));
    }

    [Fact]
    public async Task A_watch_can_show_tables_and_metadata()
    {
        await using var api = await TestApi.StartAsync();
        await api.CreateConfigMapAsync("a");
        await using var tables = await WatchClient.OpenAsync(api, $"{TestApi.ConfigMaps()}?watch=true", "application/json;as=Table;v=v1;g=meta.k8s.io");
        var row = (await tables.NextAsync()).Object;
        Assert.Equal(("Table", "a", "PartialObjectMetadata"), (
            row["kind"]!.GetValue<string>(), row["rows"]![0]!["cells"]![0]!.GetValue<string>(), row["rows"]![0]!["object"]!["kind"]!.GetValue<string>()));
        await using var metadata = await WatchClient.OpenAsync(api, $"{TestApi.ConfigMaps()}?watch=true", "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io");
        await api.PatchAsync($"{TestApi.ConfigMaps()}/a", new { data = new { n = "1" } });
        var events = await metadata.TakeAsync(2);
        Assert.All(events, line => Assert.Equal(("PartialObjectMetadata", null), (line.Object["kind"]!.GetValue<string>(), line.Object["data"])));
        Assert.Equal("MODIFIED", (await tables.NextAsync()).Type);
    }

    [Fact]
    public async Task Watches_end_in_order_when_the_server_stops()
    {
        await using var api = await TestApi.StartAsync();
        await using var watch = await WatchClient.OpenAsync(api, $"{TestApi.ConfigMaps()}?watch=true");
        await api.CreateConfigMapAsync("a");
        Assert.Equal("ADDED a", (await watch.NextAsync()).ToString());
        var stop = api.StopAsync();
        Assert.Empty(await watch.RestAsync());
        await stop.WaitAsync(Eventually.DefaultTimeout);
    }

    [Fact]
    public async Task Another_server_on_the_same_store_sees_the_same_changes()
    {
        await using var one = await TestApi.StartAsync();
        await using var two = await TestApi.StartAsync(store: one.Store);
        await using var watch = await WatchClient.OpenAsync(two, $"{TestApi.ConfigMaps()}?watch=true");
        var created = await one.CreateConfigMapAsync("a");
        Assert.Equal(created.ToJsonString(), (await watch.NextAsync()).Object.ToJsonString());
        Assert.Equal(created.ToJsonString(), (await two.GetAsync($"{TestApi.ConfigMaps()}/a")).Json.ToJsonString());
        Assert.Equal(200, (await two.DeleteAsync($"{TestApi.ConfigMaps()}/a")).Code);
        Assert.Equal(404, (await one.GetAsync($"{TestApi.ConfigMaps()}/a")).Code);
    }
}
