namespace MiniK8s.ApiServer.Tests.Http;

public sealed class ListTests
{
    [Fact]
    public async Task Pages_together_are_the_list_as_it_was_at_the_first_of_them()
    {
        await using var api = await TestApi.StartAsync();
        foreach (var name in new[] { "a", "b", "c", "d", "e" }) await api.CreateConfigMapAsync(name);
        var first = await api.GetAsync($"{TestApi.ConfigMaps()}?limit=2");
        Assert.Equal(("a", "b", null, "3"), (first.At("items.0.metadata.name"), first.At("items.1.metadata.name"), first.At("items.2"), first.At("metadata.remainingItemCount")));

        // What changes between two pages is not seen in them.
        await api.DeleteAsync($"{TestApi.ConfigMaps()}/c");
        await api.CreateConfigMapAsync("bb");
        var second = await api.GetAsync($"{TestApi.ConfigMaps()}?limit=2&continue={first.At("metadata.continue")}");
        Assert.Equal(("c", "d", first.ResourceVersion), (second.At("items.0.metadata.name"), second.At("items.1.metadata.name"), second.ResourceVersion));
        var third = await api.GetAsync($"{TestApi.ConfigMaps()}?limit=2&continue={second.At("metadata.continue")}");
        Assert.Equal(("e", null, null), (third.At("items.0.metadata.name"), third.At("items.1"), third.At("metadata.continue")));
    }

    [Fact]
    public async Task Pages_go_across_namespaces_in_the_order_of_the_store()
    {
        await using var api = await TestApi.StartAsync();
        foreach (var name in new[] { "n", "n-a", "n0" })
        {
            await api.CreateNamespaceAsync(name);
            await api.CreateConfigMapAsync("x", name);
        }

        var names = new List<string?>();
        var more = "";
        do
        {
            var page = await api.GetAsync($"/api/v1/configmaps?limit=1&continue={more}");
            names.Add(page.At("items.0.metadata.namespace"));
            more = page.At("metadata.continue") ?? "";
        }
        while (more.Length > 0);
        Assert.Equal(["n-a", "n", "n0"], names);
    }

    [Fact]
    public async Task A_page_whose_revision_is_gone_answers_410_and_how_to_go_on()
    {
        await using var api = await TestApi.StartAsync(TestApi.Options with { WatchHistory = 1 });
        foreach (var name in new[] { "a", "b", "c" }) await api.CreateConfigMapAsync(name);
        var first = await api.GetAsync($"{TestApi.ConfigMaps()}?limit=1");
        await api.CreateConfigMapAsync("d");
        await api.CreateConfigMapAsync("e");
        await api.Store.CompactAsync(await api.Store.CurrentRevisionAsync());
        var expired = await api.GetAsync($"{TestApi.ConfigMaps()}?limit=1&continue={first.At("metadata.continue")}");
        Assert.Equal((410, "Expired"), (expired.Code, expired.Reason));
        var onward = await api.GetAsync($"{TestApi.ConfigMaps()}?continue={expired.At("metadata.continue")}");
        Assert.Equal((200, "b"), (onward.Code, onward.At("items.0.metadata.name")));
    }

    [Fact]
    public async Task The_state_at_a_revision_can_be_listed()
    {
        await using var api = await TestApi.StartAsync();
        var created = await api.CreateConfigMapAsync("a");
        var revision = created["metadata"]!["resourceVersion"]!.GetValue<string>();
        await api.PatchAsync($"{TestApi.ConfigMaps()}/a", new { data = new { n = "1" } });
        await api.CreateConfigMapAsync("b");
        var then = await api.GetAsync($"{TestApi.ConfigMaps()}?resourceVersion={revision}&resourceVersionMatch=Exact");
        Assert.Equal(("0", null, revision), (then.At("items.0.data.n"), then.At("items.1"), then.ResourceVersion));
        var notOlder = await api.GetAsync($"{TestApi.ConfigMaps()}?resourceVersion={revision}&resourceVersionMatch=NotOlderThan");
        Assert.True(long.Parse(notOlder.ResourceVersion) >= long.Parse(revision));
    }

    [Fact]
    public async Task A_version_that_is_not_there_yet_answers_504()
    {
        await using var api = await TestApi.StartAsync();
        var answer = await api.GetAsync($"{TestApi.ConfigMaps()}?resourceVersion=999999999");
        Assert.Equal((504, "Timeout", "ResourceVersionTooLarge", "1"), (answer.Code, answer.Reason, answer.At("details.causes.0.reason"), answer.RetryAfter));
    }

    [Theory]
    [InlineData("labelSelector=app%3Dweb", "a b")]
    [InlineData("labelSelector=app%21%3Dweb", "c d")]
    [InlineData("labelSelector=tier+in+(x,y)", "a c")]
    [InlineData("labelSelector=%21app", "d")]
    [InlineData("fieldSelector=metadata.name%3Db", "b")]
    [InlineData("fieldSelector=metadata.name%21%3Db", "a c d")]
    [InlineData("fieldSelector=spec.nodeName%3Dn1", "c")]
    [InlineData("fieldSelector=spec.nodeName%3Dn1,status.phase%3DPending", "c")]
    [InlineData("fieldSelector=status.phase%3DRunning", "")]
    [InlineData("fieldSelector=metadata.namespace%3Ddefault&labelSelector=app", "a b c")]
    [InlineData("labelSelector=app%3Dweb&limit=1", "a")]
    public async Task Selectors_select(string query, string names)
    {
        await using var api = await TestApi.StartAsync();
        await api.PostAsync(TestApi.Pods(), DeletionTests.Pod("a", new { app = "web", tier = "x" }));
        await api.PostAsync(TestApi.Pods(), DeletionTests.Pod("b", new { app = "web" }));
        await api.PostAsync(TestApi.Pods(), DeletionTests.Pod("c", new { app = "db", tier = "y" }));
        await api.PostAsync(TestApi.Pods(), DeletionTests.Pod("d"));
        await DeletionTests.BindAsync(api, "c", "n1");
        var list = await api.GetAsync($"{TestApi.Pods()}?{query}");
        Assert.Equal(names, string.Join(' ', list.Json["items"]!.AsArray().Select(item => item!["metadata"]!["name"]!.GetValue<string>())));
    }

    [Theory]
    [InlineData("labelSelector=a%3Db%3Dc")]
    [InlineData("fieldSelector=spec.color%3Dred")]
    [InlineData("fieldSelector=nonsense")]
    [InlineData("continue=nonsense")]
    [InlineData("resourceVersion=abc")]
    [InlineData("limit=-1")]
    public async Task Parameters_that_make_no_sense_answer_400(string query)
    {
        await using var api = await TestApi.StartAsync();
        var answer = await api.GetAsync($"{TestApi.Pods()}?{query}");
        Assert.Equal((400, "BadRequest"), (answer.Code, answer.Reason));
    }

    [Theory]
    [InlineData("resourceVersionMatch=Exact")]
    [InlineData("resourceVersionMatch=Roughly&resourceVersion=1")]
    [InlineData("resourceVersionMatch=Exact&resourceVersion=0")]
    [InlineData("watch=true&resourceVersionMatch=NotOlderThan&resourceVersion=1")]
    [InlineData("watch=true&sendInitialEvents=true")]
    public async Task Parameters_that_contradict_each_other_answer_422(string query)
    {
        await using var api = await TestApi.StartAsync();
        var answer = await api.GetAsync($"{TestApi.Pods()}?{query}");
        Assert.Equal((422, "Invalid", "ListOptions"), (answer.Code, answer.Reason, answer.At("details.kind")));
    }

    [Fact]
    public async Task A_write_is_seen_by_every_list_that_begins_after_its_answer()
    {
        await using var api = await TestApi.StartAsync();
        await Parallel.ForEachAsync(Enumerable.Range(0, 8), async (writer, _) =>
        {
            for (var round = 0; round < 25; round++)
            {
                await api.CreateConfigMapAsync($"w{writer}-{round}");
                var list = await api.GetAsync($"{TestApi.ConfigMaps()}?fieldSelector=metadata.name%3Dw{writer}-{round}");
                Assert.Equal($"w{writer}-{round}", list.At("items.0.metadata.name"));
            }
        });
    }

    [Fact]
    public async Task A_kind_without_objects_lists_as_empty_with_a_version()
    {
        await using var api = await TestApi.StartAsync();
        var list = await api.GetAsync("/apis/coordination.k8s.io/v1/leases");
        Assert.Equal(("LeaseList", "coordination.k8s.io/v1", "[]"), (list.At("kind"), list.At("apiVersion"), list.At("items")));
        Assert.NotEmpty(list.ResourceVersion);
    }
}
