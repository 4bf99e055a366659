using System.Text.Json.Nodes;

namespace MiniK8s.ApiServer.Tests.Http;

public sealed class CrudTests
{
    [Fact]
    public async Task An_object_is_created_read_changed_and_deleted()
    {
        await using var api = await TestApi.StartAsync();
        var created = await api.CreateConfigMapAsync("a");
        Assert.Equal("default", created["metadata"]!["namespace"]!.GetValue<string>());
        Assert.NotEmpty(created["metadata"]!["uid"]!.GetValue<string>());

        var read = await api.GetAsync($"{TestApi.ConfigMaps()}/a");
        Assert.Equal((200, created.ToJsonString()), (read.Code, read.Json.ToJsonString()));

        created["data"]!["n"] = "1";
        var updated = await api.PutAsync($"{TestApi.ConfigMaps()}/a", created);
        Assert.Equal((200, "1"), (updated.Code, updated.At("data.n")));
        Assert.True(long.Parse(updated.ResourceVersion) > long.Parse(read.ResourceVersion));

        var deleted = await api.DeleteAsync($"{TestApi.ConfigMaps()}/a");
        Assert.Equal((200, "Success", "configmaps"), (deleted.Code, deleted.At("status"), deleted.At("details.kind")));
        Assert.Equal(404, (await api.GetAsync($"{TestApi.ConfigMaps()}/a")).Code);
    }

    [Fact]
    public async Task A_second_object_of_the_same_name_is_refused()
    {
        await using var api = await TestApi.StartAsync();
        await api.CreateConfigMapAsync("a");
        var again = await api.PostAsync(TestApi.ConfigMaps(), ConfigMap("a"));
        Assert.Equal((409, "AlreadyExists", "configmaps \"a\" already exists"), (again.Code, again.Reason, again.Message));
    }

    [Fact]
    public async Task An_update_with_an_old_version_conflicts_and_changes_nothing()
    {
        await using var api = await TestApi.StartAsync();
        var first = await api.CreateConfigMapAsync("a");
        await api.PatchAsync($"{TestApi.ConfigMaps()}/a", new { data = new { n = "1" } });
        first["data"]!["n"] = "2";
        var late = await api.PutAsync($"{TestApi.ConfigMaps()}/a", first);
        Assert.Equal((409, "Conflict"), (late.Code, late.Reason));
        Assert.Equal("1", (await api.GetAsync($"{TestApi.ConfigMaps()}/a")).At("data.n"));
    }

    [Fact]
    public async Task An_update_that_changes_nothing_writes_nothing()
    {
        await using var api = await TestApi.StartAsync();
        var first = await api.CreateConfigMapAsync("a");
        var before = await api.Store.CurrentRevisionAsync();
        var same = await api.PutAsync($"{TestApi.ConfigMaps()}/a", first);
        var patched = await api.PatchAsync($"{TestApi.ConfigMaps()}/a", new { data = new { n = "0" } });
        Assert.Equal(first["metadata"]!["resourceVersion"]!.GetValue<string>(), same.ResourceVersion);
        Assert.Equal(same.ResourceVersion, patched.ResourceVersion);
        Assert.Equal(before, await api.Store.CurrentRevisionAsync());
    }

    [Fact]
    public async Task Patches_of_twenty_writers_are_all_applied()
    {
        await using var api = await TestApi.StartAsync();
        await api.CreateConfigMapAsync("a");
        await Parallel.ForEachAsync(Enumerable.Range(0, 20), async (writer, _) =>
        {
            var answer = await api.PatchAsync($"{TestApi.ConfigMaps()}/a", new { data = new Dictionary<string, string> { [$"w{writer}"] = "x" } });
            Assert.Equal(200, answer.Code);
        });
        var data = (await api.GetAsync($"{TestApi.ConfigMaps()}/a")).Json["data"]!.AsObject();
        Assert.Equal(21, data.Count);
    }

    [Fact]
    public async Task A_generated_name_begins_with_its_prefix()
    {
        await using var api = await TestApi.StartAsync();
        var created = await api.PostAsync(TestApi.ConfigMaps(), new { apiVersion = "v1", kind = "ConfigMap", metadata = new { generateName = "job-" } });
        Assert.Equal(201, created.Code);
        Assert.Matches("^job-[a-z0-9]{5}$", created.At("metadata.name"));
    }

    [Theory]
    [InlineData("{}", 422, "Invalid")]
    [InlineData("""{"metadata":{"name":"A"}}""", 422, "Invalid")]
    [InlineData("""{"metadata":{"name":"a","labels":{"a b":"c"}}}""", 422, "Invalid")]
    [InlineData("""{"metadata":{"name":"a","namespace":"other"}}""", 400, "BadRequest")]
    [InlineData("""{"metadata":{"name":"a","resourceVersion":"7"}}""", 400, "BadRequest")]
    [InlineData("""{"kind":"Pod","apiVersion":"v1","metadata":{"name":"a"}}""", 400, "BadRequest")]
    [InlineData("""{"metadata":{"name":"a","ownerReferences":[{"apiVersion":"v1","kind":"Pod","name":"p","uid":""}]}}""", 422, "Invalid")]
    [InlineData("""{"metadata":{"name":"a","finalizers":["nonsense"]}}""", 422, "Invalid")]
    [InlineData("""{"metadata":"x"}""", 400, "BadRequest")]
    [InlineData("""{"metadata":{"name":"a"}""", 400, "BadRequest")]
    [InlineData("""[1]""", 400, "BadRequest")]
    [InlineData("", 400, "BadRequest")]
    public async Task Wrong_objects_are_refused(string body, int code, string reason)
    {
        await using var api = await TestApi.StartAsync();
        var answer = await api.PostAsync(TestApi.ConfigMaps(), body);
        Assert.Equal((code, reason, "Status"), (answer.Code, answer.Reason, answer.At("kind")));
        Assert.DoesNotContain("   at ", answer.Text);
    }

    [Theory]
    [InlineData("?fieldValidation=Strict", 400, 0)]
    [InlineData("?fieldValidation=Warn", 201, 1)]
    [InlineData("", 201, 1)]
    [InlineData("?fieldValidation=Ignore", 201, 0)]
    [InlineData("?fieldValidation=Loose", 422, 0)]
    public async Task Unknown_fields_are_refused_warned_of_or_dropped(string query, int code, int warnings)
    {
        await using var api = await TestApi.StartAsync();
        var answer = await api.PostAsync(TestApi.ConfigMaps() + query, """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"dat":{"x":"y"}}""");
        Assert.Equal((code, warnings), (answer.Code, answer.Warnings.Count));
        if (code == 201) Assert.Null(answer.At("dat"));
        if (warnings > 0) Assert.Contains("unknown field \\\"dat\\\"", answer.Warnings[0]);
    }

    [Fact]
    public async Task What_the_server_sets_cannot_be_changed()
    {
        await using var api = await TestApi.StartAsync();
        var created = await api.CreateConfigMapAsync("a");
        var patched = await api.PatchAsync($"{TestApi.ConfigMaps()}/a", new { metadata = new { creationTimestamp = "2001-01-01T00:00:00Z", generation = 7 } });
        Assert.Equal(created["metadata"]!["creationTimestamp"]!.GetValue<string>(), patched.At("metadata.creationTimestamp"));
        Assert.Null(patched.At("metadata.generation"));
        Assert.Equal(409, (await api.PatchAsync($"{TestApi.ConfigMaps()}/a", new { metadata = new { uid = "other" } })).Code);
        Assert.Equal(400, (await api.PatchAsync($"{TestApi.ConfigMaps()}/a", new { metadata = new { name = "b" } })).Code);
    }

    [Fact]
    public async Task A_dry_run_answers_and_writes_nothing()
    {
        await using var api = await TestApi.StartAsync();
        var before = await api.Store.CurrentRevisionAsync();
        var created = await api.PostAsync($"{TestApi.ConfigMaps()}?dryRun=All", ConfigMap("a"));
        Assert.Equal((201, "a"), (created.Code, created.At("metadata.name")));
        Assert.Equal(before, await api.Store.CurrentRevisionAsync());

        await api.CreateConfigMapAsync("b");
        before = await api.Store.CurrentRevisionAsync();
        Assert.Equal("1", (await api.PatchAsync($"{TestApi.ConfigMaps()}/b?dryRun=All", new { data = new { n = "1" } })).At("data.n"));
        Assert.Equal(200, (await api.DeleteAsync($"{TestApi.ConfigMaps()}/b?dryRun=All")).Code);
        Assert.Equal(409, (await api.PostAsync($"{TestApi.ConfigMaps()}?dryRun=All", ConfigMap("b"))).Code);
        Assert.Equal(422, (await api.PostAsync($"{TestApi.ConfigMaps()}?dryRun=Some", ConfigMap("c"))).Code);
        Assert.Equal(before, await api.Store.CurrentRevisionAsync());
    }

    [Fact]
    public async Task Status_is_written_only_through_its_subresource()
    {
        await using var api = await TestApi.StartAsync();
        await api.PostAsync("/api/v1/nodes", new { apiVersion = "v1", kind = "Node", metadata = new { name = "n1" } });
        var main = await api.PatchAsync("/api/v1/nodes/n1", new { status = new { phase = "Running" }, metadata = new { labels = new { a = "b" } } });
        Assert.Equal((200, "b", null), (main.Code, main.At("metadata.labels.a"), main.At("status.phase")));
        var status = await api.PatchAsync("/api/v1/nodes/n1/status", new { status = new { phase = "Running" }, spec = new { unschedulable = true } });
        Assert.Equal((200, "Running", null), (status.Code, status.At("status.phase"), status.At("spec.unschedulable")));
        Assert.Equal(404, (await api.GetAsync($"{TestApi.ConfigMaps()}/a/status")).Code);
    }

    [Fact]
    public async Task Deletion_of_a_collection_takes_what_the_selector_selects()
    {
        await using var api = await TestApi.StartAsync();
        await api.CreateConfigMapAsync("a", labels: new { x = "1" });
        await api.CreateConfigMapAsync("b", labels: new { x = "2" });
        var answer = await api.DeleteAsync($"{TestApi.ConfigMaps()}?labelSelector=x%3D1");
        Assert.Equal(("ConfigMapList", "a", null), (answer.At("kind"), answer.At("items.0.metadata.name"), answer.At("items.1")));
        var left = await api.GetAsync(TestApi.ConfigMaps());
        Assert.Equal(("b", null), (left.At("items.0.metadata.name"), left.At("items.1")));
        Assert.Equal(405, (await api.DeleteAsync("/api/v1/namespaces")).Code);
    }

    internal static JsonObject ConfigMap(string name) => new() { ["apiVersion"] = "v1", ["kind"] = "ConfigMap", ["metadata"] = new JsonObject { ["name"] = name } };
}
