using Microsoft.AspNetCore.Http;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Errors;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Client.Rest;
using MiniK8s.Client.Tests.Doubles;

namespace MiniK8s.Client.Tests.Rest;

public sealed class WatchTests
{
    private const string Added = """{"type":"ADDED","object":{"metadata":{"name":"a","resourceVersion":"5"}}}""";

    [Fact]
    public async Task Each_event_comes_as_soon_as_its_line_is_complete()
    {
        var seen = new TaskCompletionSource();
        await using var server = await TestHttpServer.StartAsync(async context =>
        {
            await context.Response.WriteAsync(Added[..20]);
            await context.Response.Body.FlushAsync();
            await context.Response.WriteAsync(Added[20..] + "\n");
            await context.Response.Body.FlushAsync();
            await seen.Task;
            await context.Response.WriteAsync("""{"object":{"metadata":{"name":"b"}},"type":"DELETED"}""" + "\n");
        });
        using var client = new ApiClient(server.Config);
        var types = new List<string>();

        await foreach (var change in client.WatchAsync<ConfigMap>("n", new ListQuery { ResourceVersion = "4" }))
        {
            types.Add($"{change.Type} {change.Object.Metadata.Name}");
            seen.TrySetResult();
        }

        Assert.Equal(["ADDED a", "DELETED b"], types);
        Assert.Equal(["GET /api/v1/namespaces/n/configmaps?watch=true&allowWatchBookmarks=true&resourceVersion=4"], server.Requests);
    }

    [Fact]
    public async Task An_error_event_is_thrown()
    {
        await using var server = await Sending(
            """{"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired","message":"too old resource version"}}""" + "\n");
        using var client = new ApiClient(server.Config);

        var refused = await Assert.ThrowsAsync<ApiException>(() => CountAsync(client));

        Assert.True(refused.IsGone);
    }

    [Theory]
    [InlineData("nonsense\n")]
    [InlineData("[1]\n")]
    [InlineData("{\"type\":\"ADDED\"}\n")]
    [InlineData("{\"type\":5,\"object\":{}}\n")]
    public async Task A_line_that_is_no_event_is_a_failure(string line)
    {
        await using var server = await Sending(line);
        using var client = new ApiClient(server.Config);

        await Assert.ThrowsAsync<HttpRequestException>(() => CountAsync(client));
    }

    [Fact]
    public async Task An_unfinished_last_line_is_left_out()
    {
        await using var server = await Sending(Added + "\n" + Added[..30]);
        using var client = new ApiClient(server.Config);

        Assert.Equal(1, await CountAsync(client));
    }

    [Fact]
    public async Task A_broken_connection_is_a_failure_to_reach_the_server()
    {
        await using var server = await TestHttpServer.StartAsync(async context =>
        {
            await context.Response.WriteAsync(Added + "\n");
            await context.Response.Body.FlushAsync();
            context.Abort();
        });
        using var client = new ApiClient(server.Config);

        await Assert.ThrowsAsync<HttpRequestException>(() => CountAsync(client));
    }

    [Fact]
    public async Task A_refused_watch_is_thrown_with_its_status()
    {
        await using var server = await TestHttpServer.StartAsync(context =>
        {
            context.Response.StatusCode = 403;
            return context.Response.WriteAsync("no");
        });
        using var client = new ApiClient(server.Config);

        Assert.Equal(StatusReasons.Forbidden, (await Assert.ThrowsAsync<ApiException>(() => CountAsync(client))).Reason);
    }

    private static async Task<int> CountAsync(ApiClient client)
    {
        var count = 0;
        await foreach (var change in client.WatchAsync<ConfigMap>(null, new ListQuery()))
        {
            Assert.Equal(WatchEventTypes.Added, change.Type);
            count++;
        }

        return count;
    }

    private static Task<TestHttpServer> Sending(string text) => TestHttpServer.StartAsync(context => context.Response.WriteAsync(text));
}
