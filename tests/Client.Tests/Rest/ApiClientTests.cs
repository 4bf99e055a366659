using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Errors;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Client.Rest;
using MiniK8s.Client.Tests.Doubles;
using MiniK8s.TestKit.Time;

namespace MiniK8s.Client.Tests.Rest;

public sealed class ApiClientTests
{
    private const string Map = """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"n","resourceVersion":"7"},"data":{"k":"v"}}""";

    [Fact]
    public async Task Get_reads_the_object_at_its_path()
    {
        await using var server = await Answering(200, Map);
        using var client = new ApiClient(server.Config);

        var map = await client.GetAsync<ConfigMap>("n", "a");

        Assert.Equal("v", map.Data["k"]);
        Assert.Equal(["GET /api/v1/namespaces/n/configmaps/a"], server.Requests);
    }

    /// <summary>A feed that must ask for an object by itself reads it so.</summary>
    [Fact]
    public async Task A_type_that_has_its_own_way_to_be_read_is_read_so()
    {
        await using var server = await Answering(200, Map);
        using var client = new ApiClient(server.Config);

        Assert.Equal("a", (await client.GetAsync<MapName>("n", "a")).Metadata.Name);
        Assert.Equal("a", (await client.PatchAsync<MapName>("n", "a", new Patch(PatchTypes.Merge, "{}"u8.ToArray()))).Metadata.Name);
    }

    [Fact]
    public async Task Every_verb_goes_to_the_path_that_Kubernetes_gives_it()
    {
        await using var server = await Answering(200, Map);
        using var client = new ApiClient(server.Config);
        var map = new ConfigMap { Metadata = new ObjectMeta { Namespace = "n", Name = "a" } };

        await client.CreateAsync(map);
        await client.UpdateAsync(map, "status");
        await client.PatchAsync<ConfigMap>("n", "a", new Patch(PatchTypes.Merge, "{}"u8.ToArray()));
        await client.DeleteAsync<ConfigMap>("n", "a", new DeleteOptions { GracePeriodSeconds = 0 });
        await client.CreateSubresourceAsync<Pod, Binding>("n", "p", "binding", new Binding());
        await client.ListAsync<ConfigMap>(null, new ListQuery { Limit = 5, LabelSelector = "a=b,c", Continue = "x/y" });
        await client.GetAsync<ConfigMap>("n", "x/../y");

        Assert.Equal(
            [
                "POST /api/v1/namespaces/n/configmaps",
                "PUT /api/v1/namespaces/n/configmaps/a/status",
                "PATCH /api/v1/namespaces/n/configmaps/a",
                "DELETE /api/v1/namespaces/n/configmaps/a",
                "POST /api/v1/namespaces/n/pods/p/binding",
                "GET /api/v1/configmaps?labelSelector=a%3Db%2Cc&limit=5&continue=x%2Fy",
                "GET /api/v1/namespaces/n/configmaps/x%2F..%2Fy",
            ],
            server.Requests);
    }

    [Fact]
    public async Task A_patch_carries_its_media_type_and_a_token_its_header()
    {
        var seen = "";
        await using var server = await TestHttpServer.StartAsync(async context =>
        {
            seen = $"{context.Request.ContentType} {context.Request.Headers.Authorization}";
            await context.Response.WriteAsync(Map);
        });
        using var client = new ApiClient(server.Config with { Token = "secret" });

        await client.PatchAsync<ConfigMap>("n", "a", new Patch(PatchTypes.StrategicMerge, "{}"u8.ToArray()));

        Assert.Equal("application/strategic-merge-patch+json Bearer secret", seen);
    }

    [Fact]
    public async Task A_refusal_is_thrown_with_the_servers_status()
    {
        const string body = """{"kind":"Status","apiVersion":"v1","status":"Failure","message":"configmaps \"a\" not found","reason":"NotFound","details":{"name":"a","kind":"configmaps"},"code":404}""";
        await using var server = await Answering(404, body);
        using var client = new ApiClient(server.Config);

        var refused = await Assert.ThrowsAsync<ApiException>(() => client.GetAsync<ConfigMap>("n", "a"));

        Assert.True(refused.IsNotFound);
        Assert.Equal("a", refused.Status.Details?.Name);
        Assert.Equal("configmaps \"a\" not found", refused.Message);
    }

    [Theory]
    [InlineData(502, "<html>bad gateway</html>", StatusReasons.InternalError, "<html>bad gateway</html>")]
    [InlineData(401, "", StatusReasons.Unauthorized, "the server answered 401 without a text")]
    [InlineData(403, """{"code":"x"}""", StatusReasons.Forbidden, """{"code":"x"}""")]
    public async Task A_refusal_that_is_no_status_becomes_one(int code, string body, string reason, string message)
    {
        await using var server = await Answering(code, body);
        using var client = new ApiClient(server.Config);

        var refused = await Assert.ThrowsAsync<ApiException>(() => client.GetAsync<ConfigMap>("n", "a"));

        Assert.Equal((code, reason, message), (refused.Code, refused.Reason, refused.Message));
    }

    [Fact]
    public async Task An_answer_of_another_shape_is_a_failure_that_names_the_request()
    {
        await using var server = await Answering(200, "[]");
        using var client = new ApiClient(server.Config);

        var failed = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync<ConfigMap>("n", "a"));

        Assert.Contains("GET /api/v1/namespaces/n/configmaps/a", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_too_busy_is_asked_again_when_it_says()
    {
        var clock = new ManualClock();
        var busy = true;
        await using var server = await TestHttpServer.StartAsync(async context =>
        {
            if (busy)
            {
                context.Response.StatusCode = 429;
                context.Response.Headers.RetryAfter = "3";
                return;
            }

            await context.Response.WriteAsync(Map);
        });
        using var client = new ApiClient(server.Config, clock);

        var answer = client.GetAsync<ConfigMap>("n", "a");
        await clock.ArmedAsync(2);
        Assert.Equal(TimeSpan.FromSeconds(3), clock.UntilNext);
        busy = false;
        clock.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal("a", (await answer).Metadata.Name);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_request_without_an_answer_fails_at_its_time_limit()
    {
        var clock = new ManualClock();
        await using var server = await TestHttpServer.StartAsync(context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted));
        using var client = new ApiClient(server.Config with { RequestTimeout = TimeSpan.FromSeconds(5) }, clock);

        var answer = client.GetAsync<ConfigMap>("n", "a");
        await clock.ArmedAsync();
        clock.Advance(TimeSpan.FromSeconds(5));

        var failed = await Assert.ThrowsAsync<HttpRequestException>(() => answer);
        Assert.Contains("no answer within 5 s", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Raw_answers_carry_code_headers_warnings_and_body()
    {
        await using var server = await TestHttpServer.StartAsync(async context =>
        {
            context.Response.StatusCode = 418;
            context.Response.ContentType = "text/plain; charset=utf-8";
            context.Response.Headers.Append("Warning", """299 - "first \"quoted\"" """.TrimEnd());
            await context.Response.WriteAsync("teapot");
        });
        using var client = new RawApiClient(server.Config);

        var answer = await client.SendAsync(HttpMethod.Get, "/pot?x=1", accept: "text/plain");

        Assert.Equal((HttpStatusCode)418, answer.Code);
        Assert.Equal("text/plain", answer.MediaType);
        Assert.Equal(["first \"quoted\""], answer.Warnings);
        Assert.Equal("teapot"u8.ToArray(), answer.Body.ToArray());
        Assert.Throws<ApiException>(answer.EnsureSuccess);
    }

    private static Task<TestHttpServer> Answering(int code, string body) => TestHttpServer.StartAsync(async context =>
    {
        context.Response.StatusCode = code;
        await context.Response.WriteAsync(body);
    });

    /// <summary>Of a ConfigMap only the metadata, which the serializer of the API knows nothing of.</summary>
    private sealed record MapName : IResource<MapName>
    {
        private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

        public static KindInfo Info => ConfigMap.Info;

        public static JsonTypeInfo<MapName> Json => (JsonTypeInfo<MapName>)Options.GetTypeInfo(typeof(MapName));

        public string ApiVersion => Info.GroupVersion;

        public string Kind => Info.Kind;

        public ObjectMeta Metadata { get; init; } = new();

        public MapName WithMetadata(ObjectMeta metadata) => this with { Metadata = metadata };
    }
}
