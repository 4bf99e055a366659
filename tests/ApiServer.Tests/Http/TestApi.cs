using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using MiniK8s.ApiServer.Hosting;
using MiniK8s.ApiServer.Storage;
using MiniK8s.ApiServer.Storage.Memory;
using MiniK8s.TestKit;

namespace MiniK8s.ApiServer.Tests.Http;

/// <summary>An API server in this process on a free loopback port, with the memory store, and a client of it.</summary>
internal sealed class TestApi : IAsyncDisposable
{
    private readonly IStore store;
    private readonly bool ownsStore;
    private readonly ApiServerHost host;

    private TestApi(IStore store, bool ownsStore, ApiServerHost host)
    {
        (this.store, this.ownsStore, this.host) = (store, ownsStore, host);
        Client = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = host.InsecureUrl, Timeout = Eventually.DefaultTimeout };
    }

    public HttpClient Client { get; }

    public Uri Url => host.InsecureUrl!;

    public IStore Store => store;

    /// <summary>The options that tests start from: no secure port, and no wait for controllers that no test runs.</summary>
    public static ApiServerOptions Options { get; } = new() { SecurePort = null, InsecurePort = 0, ServiceAllocationWait = TimeSpan.Zero };

    public static async Task<TestApi> StartAsync(ApiServerOptions? options = null, IStore? store = null, TimeProvider? clock = null, ApiServerParts? parts = null)
    {
        var owned = store ?? new MemoryStore(TimeProvider.System);
        return new TestApi(owned, store is null, await ApiServerHost.StartAsync(
            options ?? Options, parts ?? new ApiServerParts(), owned, NullLoggerFactory.Instance, clock ?? TimeProvider.System, TestContext.Current.CancellationToken));
    }

    /// <summary>Stops the server, as a test of its end does; disposing again is fine.</summary>
    public async Task StopAsync() => await host.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await host.DisposeAsync();
        if (ownsStore) await store.DisposeAsync();
    }

    public async Task<Answer> SendAsync(string method, string path, object? body = null, string contentType = "application/json", string? accept = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (accept is not null) request.Headers.TryAddWithoutValidation("Accept", accept);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body switch
            {
                byte[] bytes => bytes,
                string text => Encoding.UTF8.GetBytes(text),
                _ => Encoding.UTF8.GetBytes(System.Text.Json.JsonSerializer.Serialize(body)),
            });
            if (contentType.Length > 0) request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        }

        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        var warnings = response.Headers.TryGetValues("Warning", out var found) ? found.ToList() : [];
        return new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Content.Headers.ContentType?.ToString() ?? "", warnings)
        {
            RetryAfter = response.Headers.RetryAfter?.ToString(),
        };
    }

    public Task<Answer> GetAsync(string path, string? accept = null) => SendAsync("GET", path, accept: accept);

    public Task<Answer> PostAsync(string path, object body, string contentType = "application/json") => SendAsync("POST", path, body, contentType);

    public Task<Answer> PutAsync(string path, object body) => SendAsync("PUT", path, body);

    public Task<Answer> PatchAsync(string path, object body, string type = "merge") =>
        SendAsync("PATCH", path, body, type == "json" ? "application/json-patch+json" : $"application/{type}-patch+json");

    public Task<Answer> DeleteAsync(string path, object? body = null) => SendAsync("DELETE", path, body);

    /// <summary>Creates a ConfigMap, the simplest of kinds.</summary>
    public async Task<JsonObject> CreateConfigMapAsync(string name, string @namespace = "default", object? labels = null)
    {
        var answer = await PostAsync(ConfigMaps(@namespace), new { apiVersion = "v1", kind = "ConfigMap", metadata = new { name, labels }, data = new { n = "0" } });
        Assert.Equal(201, answer.Code);
        return answer.Json;
    }

    public async Task CreateNamespaceAsync(string name) =>
        Assert.Equal(201, (await PostAsync("/api/v1/namespaces", new { apiVersion = "v1", kind = "Namespace", metadata = new { name } })).Code);

    public static string ConfigMaps(string @namespace = "default") => $"/api/v1/namespaces/{@namespace}/configmaps";

    public static string Services(string @namespace = "default") => $"/api/v1/namespaces/{@namespace}/services";

    public static string Pods(string @namespace = "default") => $"/api/v1/namespaces/{@namespace}/pods";
}

/// <summary>An answer of the server.</summary>
internal sealed record Answer(int Code, string Text, string ContentType, IReadOnlyList<string> Warnings)
{
    public string? RetryAfter { get; init; }

    public JsonObject Json => JsonNode.Parse(Text)!.AsObject();

    public string? Reason => Json["reason"]?.GetValue<string>();

    public string? Message => Json["message"]?.GetValue<string>();

    public string ResourceVersion => Json["metadata"]!["resourceVersion"]!.GetValue<string>();

    /// <summary>The text at a path such as <c>metadata.name</c> or <c>items.0.kind</c>; null where there is nothing.</summary>
    public string? At(string path)
    {
        JsonNode? node = Json;
        foreach (var step in path.Split('.'))
        {
            node = node switch
            {
                JsonObject map => map[step],
                JsonArray list when int.TryParse(step, out var index) && index < list.Count => list[index],
                _ => null,
            };
        }

        return node is JsonValue value ? value.ToString() : node?.ToJsonString();
    }
}
