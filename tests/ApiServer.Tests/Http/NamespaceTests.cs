namespace MiniK8s.ApiServer.Tests.Http;

public sealed class NamespaceTests
{
    [Fact]
    public async Task The_first_namespaces_are_there_from_the_start()
    {
        await using var api = await TestApi.StartAsync();
        var list = await api.GetAsync("/api/v1/namespaces");
        Assert.Equal(
            ["default", "kube-node-lease", "kube-public", "kube-system"],
            list.Json["items"]!.AsArray().Select(item => item!["metadata"]!["name"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Nothing_is_created_in_a_namespace_that_is_absent_or_being_deleted()
    {
        await using var api = await TestApi.StartAsync();
        var absent = await api.PostAsync(TestApi.ConfigMaps("absent"), CrudTests.ConfigMap("a"));
        Assert.Equal((404, "namespaces \"absent\" not found"), (absent.Code, absent.Message));

        await api.CreateNamespaceAsync("ns");
        Assert.Equal("Terminating", (await api.DeleteAsync("/api/v1/namespaces/ns")).At("status.phase"));
        var refused = await api.PostAsync(TestApi.ConfigMaps("ns"), CrudTests.ConfigMap("a"));
        Assert.Equal((403, "Forbidden", "NamespaceTerminating"), (refused.Code, refused.Reason, refused.At("details.causes.0.reason")));
    }

    [Fact]
    public async Task A_namespace_goes_with_its_last_finalizer()
    {
        await using var api = await TestApi.StartAsync();
        await api.CreateNamespaceAsync("ns");
        var marked = (await api.DeleteAsync("/api/v1/namespaces/ns")).Json;
        Assert.Equal(200, (await api.GetAsync("/api/v1/namespaces/ns")).Code);
        marked["spec"] = null;
        Assert.Equal(200, (await api.PutAsync("/api/v1/namespaces/ns", marked)).Code);
        Assert.Equal(200, (await api.GetAsync("/api/v1/namespaces/ns")).Code);
        Assert.Equal(200, (await api.PutAsync("/api/v1/namespaces/ns/finalize", marked)).Code);
        Assert.Equal(404, (await api.GetAsync("/api/v1/namespaces/ns")).Code);
    }

    [Fact]
    public async Task Protected_namespaces_are_not_deleted()
    {
        await using var api = await TestApi.StartAsync();
        var refused = await api.DeleteAsync("/api/v1/namespaces/kube-system");
        Assert.Equal((403, "namespaces \"kube-system\" is forbidden: this namespace may not be deleted"), (refused.Code, refused.Message));
    }

    [Fact]
    public async Task No_object_slips_into_a_namespace_while_it_is_deleted()
    {
        await using var api = await TestApi.StartAsync();
        await api.CreateNamespaceAsync("ns");
        var writers = Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (var attempt = 0; attempt < 200; attempt++)
            {
                if ((await api.PostAsync(TestApi.ConfigMaps("ns"), CrudTests.ConfigMap($"w{writer}-{attempt}"))).Code != 201) return;
            }
        })).ToList();
        var deleted = await api.DeleteAsync("/api/v1/namespaces/ns");
        await Task.WhenAll(writers);
        var marked = long.Parse(deleted.ResourceVersion);
        var list = await api.GetAsync(TestApi.ConfigMaps("ns"));
        Assert.All(list.Json["items"]!.AsArray(), item => Assert.True(long.Parse(item!["metadata"]!["resourceVersion"]!.GetValue<string>()) < marked));
    }
}
