using System.Text;
using MiniK8s.ApiServer.Storage;

namespace MiniK8s.ApiServer.Tests.Http;

public sealed class ClaimTests
{
    [Fact]
    public async Task Of_twenty_writers_who_want_one_address_one_gets_it()
    {
        await using var api = await TestApi.StartAsync();
        var answers = new System.Collections.Concurrent.ConcurrentBag<Answer>();
        await Parallel.ForEachAsync(Enumerable.Range(0, 20), new ParallelOptions { MaxDegreeOfParallelism = 20 }, async (writer, _) =>
            answers.Add(await api.PostAsync(TestApi.Services(), Service($"s{writer}", "10.96.0.77"))));
        Assert.Single(answers, answer => answer.Code == 201);
        var refused = answers.Where(answer => answer.Code != 201).ToList();
        Assert.All(refused, answer => Assert.Equal((422, "Invalid"), (answer.Code, answer.Reason)));
        Assert.Contains("10.96.0.77", refused[0].Message);
        Assert.Single(await ClaimsAsync(api), claim => claim.Contains("10.96.0.77"));
    }

    [Fact]
    public async Task Claims_name_their_owner_and_go_with_it()
    {
        await using var api = await TestApi.StartAsync();
        var created = await api.PostAsync(TestApi.Services(), Service("a", "10.96.0.10", 30080));
        Assert.Equal(201, created.Code);
        var owner = $"services/default/a/{created.At("metadata.uid")}";
        Assert.All(await ClaimsAsync(api), claim => Assert.EndsWith("=" + owner, claim));
        Assert.True((await ClaimsAsync(api)).Count >= 2);

        // An update gives back what the Service no longer has.
        var changed = await api.PatchAsync($"{TestApi.Services()}/a", new { spec = new { type = "ClusterIP", ports = new[] { new { port = 80, protocol = "TCP" } } } });
        Assert.Equal(200, changed.Code);
        Assert.DoesNotContain(await ClaimsAsync(api), claim => claim.Contains("30080"));
        Assert.Equal(201, (await api.PostAsync(TestApi.Services(), Service("b", "10.96.0.11", 30080))).Code);

        await api.DeleteAsync($"{TestApi.Services()}/a");
        await api.DeleteAsync($"{TestApi.Services()}/b");
        Assert.Empty(await ClaimsAsync(api));
    }

    [Fact]
    public async Task A_claim_that_the_object_holds_already_is_not_in_its_own_way()
    {
        await using var api = await TestApi.StartAsync();
        var created = await api.PostAsync(TestApi.Services(), """{"apiVersion":"v1","kind":"Service","metadata":{"name":"a"},"spec":{"ports":[{"port":80}]}}""");
        var owner = $"services/default/a/{created.At("metadata.uid")}";
        var probe = await api.PostAsync(TestApi.Services(), Service("probe", "10.96.0.12"));
        var key = (await KeysAsync(api)).Single(key => key.Contains("10.96.0.12"));
        Assert.Equal(201, probe.Code);
        await api.DeleteAsync($"{TestApi.Services()}/probe");
        await api.Store.CommitAsync(new StoreTransaction([], [StoreOperation.Put(key, Encoding.UTF8.GetBytes(owner))]));
        var patched = await api.PatchAsync($"{TestApi.Services()}/a", new { spec = new { clusterIP = "10.96.0.12", clusterIPs = new[] { "10.96.0.12" } } });
        Assert.Equal((200, "10.96.0.12"), (patched.Code, patched.At("spec.clusterIP")));
    }

    [Fact]
    public async Task A_dry_run_sees_what_is_taken_and_takes_nothing()
    {
        await using var api = await TestApi.StartAsync();
        await api.PostAsync(TestApi.Services(), Service("a", "10.96.0.10"));
        var before = await ClaimsAsync(api);
        Assert.Equal(422, (await api.PostAsync($"{TestApi.Services()}?dryRun=All", Service("b", "10.96.0.10"))).Code);
        var preview = await api.PostAsync($"{TestApi.Services()}?dryRun=All", """{"apiVersion":"v1","kind":"Service","metadata":{"name":"b"},"spec":{"type":"NodePort","ports":[{"port":80}]}}""");
        Assert.Equal(201, preview.Code);
        Assert.StartsWith("10.96.", preview.At("spec.clusterIP"));
        Assert.InRange(int.Parse(preview.At("spec.ports.0.nodePort")!), 30000, 32767);
        Assert.Equal(before, await ClaimsAsync(api));
    }

    [Fact]
    public async Task A_write_waits_for_the_controller_that_completes_its_object()
    {
        await using var api = await TestApi.StartAsync(TestApi.Options with { ServiceAllocationWait = TimeSpan.FromSeconds(20) });
        await using var watch = await WatchClient.OpenAsync(api, $"{TestApi.Services()}?watch=true");
        var creating = api.PostAsync(TestApi.Services(), """{"apiVersion":"v1","kind":"Service","metadata":{"name":"a"},"spec":{"ports":[{"port":80}]}}""");
        Assert.Equal("ADDED a", (await watch.NextAsync()).ToString());
        await api.PatchAsync($"{TestApi.Services()}/a", new { metadata = new { labels = new { not = "yet" } } });
        Assert.Equal("MODIFIED a", (await watch.NextAsync()).ToString());
        Assert.False(creating.IsCompleted);
        await api.PatchAsync($"{TestApi.Services()}/a", new { spec = new { clusterIP = "10.96.3.3", clusterIPs = new[] { "10.96.3.3" } } });
        var created = await creating;
        Assert.Equal((201, "10.96.3.3", 0), (created.Code, created.At("spec.clusterIP"), created.Warnings.Count));
    }

    [Fact]
    public async Task A_write_that_nobody_completes_is_answered_with_a_warning()
    {
        await using var api = await TestApi.StartAsync(TestApi.Options with { ServiceAllocationWait = TimeSpan.FromMilliseconds(50) });
        var created = await api.PostAsync(TestApi.Services(), """{"apiVersion":"v1","kind":"Service","metadata":{"name":"a"},"spec":{"ports":[{"port":80}]}}""");
        Assert.Equal((201, null), (created.Code, created.At("spec.clusterIP")));
        Assert.Contains("controller", Assert.Single(created.Warnings));
    }

    private static object Service(string name, string address, int? nodePort = null) => new
    {
        apiVersion = "v1",
        kind = "Service",
        metadata = new { name },
        spec = nodePort is null
            ? (object)new { clusterIP = address, ports = new[] { new { port = 80 } } }
            : new { type = "NodePort", clusterIP = address, ports = new[] { new { port = 80, nodePort } } },
    };

    private static async Task<List<string>> ClaimsAsync(TestApi api)
    {
        var range = await api.Store.RangeAsync(new RangeRequest("/claims/", StoreKeys.PrefixEnd("/claims/")));
        return [.. range.Values.Select(value => $"{value.Key}={Encoding.UTF8.GetString(value.Value.Span)}")];
    }

    private static async Task<List<string>> KeysAsync(TestApi api) => [.. (await ClaimsAsync(api)).Select(claim => claim.Split('=')[0])];
}
