using MiniK8s.ApiServer.Storage;

namespace MiniK8s.ApiServer.Tests.Http;

public sealed class DeletionTests
{
    [Fact]
    public async Task A_finalizer_keeps_a_deleted_object_until_it_is_taken_away()
    {
        await using var api = await TestApi.StartAsync();
        await api.PostAsync(TestApi.ConfigMaps(), """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","finalizers":["example.com/keep"]}}""");
        var deleted = await api.DeleteAsync($"{TestApi.ConfigMaps()}/a");
        Assert.Equal((200, "ConfigMap", "0"), (deleted.Code, deleted.At("kind"), deleted.At("metadata.deletionGracePeriodSeconds")));
        var marked = deleted.At("metadata.deletionTimestamp");
        Assert.NotNull(marked);

        Assert.Equal(marked, (await api.DeleteAsync($"{TestApi.ConfigMaps()}/a")).At("metadata.deletionTimestamp"));
        var more = await api.PatchAsync($"{TestApi.ConfigMaps()}/a", new { metadata = new { finalizers = new[] { "example.com/keep", "example.com/more" } } });
        Assert.Equal((422, "metadata.finalizers"), (more.Code, more.At("details.causes.0.field")));

        Assert.Equal(200, (await api.PatchAsync($"{TestApi.ConfigMaps()}/a", """[{"op":"remove","path":"/metadata/finalizers"}]""", "json")).Code);
        Assert.Equal(404, (await api.GetAsync($"{TestApi.ConfigMaps()}/a")).Code);
    }

    [Theory]
    [InlineData("""{"preconditions":{"uid":"no"}}""", 409)]
    [InlineData("""{"preconditions":{"resourceVersion":"1"}}""", 409)]
    [InlineData("""{"propagationPolicy":"Sideways"}""", 422)]
    [InlineData("""{"propagationPolicy":"Orphan","orphanDependents":true}""", 422)]
    [InlineData("""{"propagationPolicy":"Background"}""", 200)]
    [InlineData("""{"propagationPolicy":"Foreground"}""", 200)]
    [InlineData("""{"kind":"DeleteOptions","apiVersion":"v1","gracePeriodSeconds":0}""", 200)]
    [InlineData("""{"gracePeriodSeconds":"soon"}""", 400)]
    public async Task Options_of_a_deletion_are_held_to(string options, int code)
    {
        await using var api = await TestApi.StartAsync();
        await api.CreateConfigMapAsync("a");
        Assert.Equal(code, (await api.DeleteAsync($"{TestApi.ConfigMaps()}/a", options)).Code);
        Assert.Equal(code == 200 ? 404 : 200, (await api.GetAsync($"{TestApi.ConfigMaps()}/a")).Code);
    }

    [Fact]
    public async Task A_bound_pod_waits_for_its_kubelet_and_an_unbound_one_does_not()
    {
        await using var api = await TestApi.StartAsync();
        await api.PostAsync(TestApi.Pods(), Pod("bound"));
        await api.PostAsync(TestApi.Pods(), Pod("free"));
        Assert.Equal(201, (await BindAsync(api, "bound", "n1")).Code);

        var gone = await api.DeleteAsync($"{TestApi.Pods()}/free");
        Assert.Equal((200, "Pod"), (gone.Code, gone.At("kind")));
        Assert.Equal(404, (await api.GetAsync($"{TestApi.Pods()}/free")).Code);

        var marked = await api.DeleteAsync($"{TestApi.Pods()}/bound");
        Assert.Equal((200, "30"), (marked.Code, marked.At("metadata.deletionGracePeriodSeconds")));
        var sooner = await api.DeleteAsync($"{TestApi.Pods()}/bound", """{"gracePeriodSeconds":5}""");
        Assert.Equal("5", sooner.At("metadata.deletionGracePeriodSeconds"));
        Assert.Equal("5", (await api.DeleteAsync($"{TestApi.Pods()}/bound", """{"gracePeriodSeconds":20}""")).At("metadata.deletionGracePeriodSeconds"));
        Assert.Equal(200, (await api.DeleteAsync($"{TestApi.Pods()}/bound", """{"gracePeriodSeconds":0}""")).Code);
        Assert.Equal(404, (await api.GetAsync($"{TestApi.Pods()}/bound")).Code);
    }

    [Fact]
    public async Task A_pod_is_bound_only_once()
    {
        await using var api = await TestApi.StartAsync();
        await api.PostAsync(TestApi.Pods(), Pod("p"));
        var bound = await BindAsync(api, "p", "n1");
        Assert.Equal((201, "Success"), (bound.Code, bound.At("status")));
        var pod = await api.GetAsync($"{TestApi.Pods()}/p");
        Assert.Equal(("n1", "PodScheduled", "True"), (pod.At("spec.nodeName"), pod.At("status.conditions.0.type"), pod.At("status.conditions.0.status")));
        var again = await BindAsync(api, "p", "n2");
        Assert.Equal((409, "Operation cannot be fulfilled on pods/binding \"p\": pod p is already assigned to node \"n1\""), (again.Code, again.Message));
        Assert.Equal(404, (await BindAsync(api, "absent", "n1")).Code);
        Assert.Equal(422, (await api.PostAsync($"{TestApi.Pods()}/p/binding", """{"apiVersion":"v1","kind":"Binding","target":{}}""")).Code);
        await api.PostAsync(TestApi.Pods(), Pod("q"));
        var legacy = await api.PostAsync(
            "/api/v1/namespaces/default/bindings", new { apiVersion = "v1", kind = "Binding", metadata = new { name = "q" }, target = new { kind = "Node", name = "n3" } });
        Assert.Equal((201, "n3"), (legacy.Code, (await api.GetAsync($"{TestApi.Pods()}/q")).At("spec.nodeName")));
    }

    [Fact]
    public async Task A_value_that_is_no_object_hides_only_itself_and_can_be_deleted()
    {
        await using var api = await TestApi.StartAsync();
        await api.CreateConfigMapAsync("good");
        await api.Store.CommitAsync(new StoreTransaction([], [StoreOperation.Put("/registry/core/configmaps/default/broken", "{\"metadata\":{"u8.ToArray())]));
        await api.CreateConfigMapAsync("later");
        var list = await api.GetAsync(TestApi.ConfigMaps());
        Assert.Equal(("good", "later", null), (list.At("items.0.metadata.name"), list.At("items.1.metadata.name"), list.At("items.2")));
        Assert.Equal(200, (await api.DeleteAsync($"{TestApi.ConfigMaps()}/broken")).Code);
        Assert.Null((await api.Store.GetAsync("/registry/core/configmaps/default/broken")).Value);
    }

    internal static object Pod(string name, object? labels = null) => new
    {
        apiVersion = "v1", kind = "Pod", metadata = new { name, labels }, spec = new { containers = new[] { new { name = "c", image = "x" } } },
    };

    internal static Task<Answer> BindAsync(TestApi api, string pod, string node) => api.PostAsync(
        $"{TestApi.Pods()}/{pod}/binding", new { apiVersion = "v1", kind = "Binding", metadata = new { name = pod }, target = new { apiVersion = "v1", kind = "Node", name = node } });
}
