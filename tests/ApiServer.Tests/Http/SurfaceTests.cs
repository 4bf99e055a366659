using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using MiniK8s.ApiServer.Hosting;
using MiniK8s.ApiServer.Storage.Memory;

namespace MiniK8s.ApiServer.Tests.Http;

public sealed class SurfaceTests
{
    private const string TableType = "application/json;as=Table;v=v1;g=meta.k8s.io";

    [Theory]
    [InlineData("GET", "/nothing", 404, "NotFound")]
    [InlineData("GET", "/api/v1/nothing", 404, "NotFound")]
    [InlineData("GET", "/api/v2/pods", 404, "NotFound")]
    [InlineData("GET", "/apis/none.example.com/v1", 404, "NotFound")]
    [InlineData("GET", "/api/v1/namespaces/default/nodes/n", 404, "NotFound")]
    [InlineData("GET", "/api/v1/namespaces/default/pods/p/nothing", 404, "NotFound")]
    [InlineData("PUT", "/api/v1/namespaces/default/pods", 405, "MethodNotAllowed")]
    [InlineData("POST", "/api/v1/namespaces/default/pods/p", 405, "MethodNotAllowed")]
    [InlineData("GET", "/api/v1/namespaces/default/pods/p/binding", 405, "MethodNotAllowed")]
    [InlineData("POST", "/version", 405, "MethodNotAllowed")]
    [InlineData("OPTIONS", "/api/v1/namespaces/default/pods", 405, "MethodNotAllowed")]
    public async Task Unknown_paths_and_methods_answer_a_status(string method, string path, int code, string reason)
    {
        await using var api = await TestApi.StartAsync();
        var answer = await api.SendAsync(method, path);
        Assert.Equal((code, reason, "Status", "Failure"), (answer.Code, answer.Reason, answer.At("kind"), answer.At("status")));
        Assert.Equal("application/json", answer.ContentType);
    }

    [Theory]
    [InlineData(null, "ConfigMapList")]
    [InlineData("*/*", "ConfigMapList")]
    [InlineData("application/*", "ConfigMapList")]
    [InlineData("application/vnd.kubernetes.protobuf,application/json", "ConfigMapList")]
    [InlineData(TableType + ",application/json", "Table")]
    [InlineData("application/json;as=Table;v=v1beta1;g=meta.k8s.io", "Table")]
    [InlineData("application/json;as=Table;v=v9;g=meta.k8s.io,application/json", "ConfigMapList")]
    [InlineData("application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io", "PartialObjectMetadataList")]
    public async Task The_form_of_an_answer_is_the_first_that_both_know(string? accept, string kind)
    {
        await using var api = await TestApi.StartAsync();
        Assert.Equal(kind, (await api.GetAsync(TestApi.ConfigMaps(), accept)).At("kind"));
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("application/vnd.kubernetes.protobuf")]
    [InlineData("application/json;as=Table;v=v9;g=meta.k8s.io")]
    public async Task What_cannot_be_answered_is_refused_with_406(string accept)
    {
        await using var api = await TestApi.StartAsync();
        var answer = await api.GetAsync(TestApi.ConfigMaps(), accept);
        Assert.Equal((406, "NotAcceptable"), (answer.Code, answer.Reason));
    }

    [Fact]
    public async Task Yaml_goes_in_and_out()
    {
        await using var api = await TestApi.StartAsync();
        var created = await api.PostAsync(TestApi.ConfigMaps(), "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  text: \"1\"\n", "application/yaml");
        Assert.Equal((201, "1"), (created.Code, created.At("data.text")));
        var read = await api.GetAsync($"{TestApi.ConfigMaps()}/a", "application/yaml");
        Assert.Equal("application/yaml", read.ContentType);
        Assert.Contains("kind: ConfigMap\n", read.Text);
    }

    [Fact]
    public async Task A_body_of_another_type_is_refused_with_415()
    {
        await using var api = await TestApi.StartAsync();
        var body = await api.PostAsync(TestApi.ConfigMaps(), "<a/>", "application/xml");
        Assert.Equal((415, "UnsupportedMediaType"), (body.Code, body.Reason));
        await api.CreateConfigMapAsync("a");
        var patch = await api.SendAsync("PATCH", $"{TestApi.ConfigMaps()}/a", "{}", "application/json");
        Assert.Equal((415, "UnsupportedMediaType"), (patch.Code, patch.Reason));
    }

    /// <summary>Whoever still sends when the refusal comes must get to see it, whether or not the length was told before.</summary>
    [Theory]
    [InlineData((3 << 20) + 1, false)]
    [InlineData((3 << 20) + 1, true)]
    [InlineData(40 << 20, false)]
    [InlineData(40 << 20, true)]
    public async Task A_body_that_is_too_large_is_refused_with_413(int length, bool isChunked)
    {
        await using var api = await TestApi.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, TestApi.ConfigMaps()) { Content = new ByteArrayContent(new byte[length]) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.TransferEncodingChunked = isChunked;
        using var answer = await api.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var status = System.Text.Json.Nodes.JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal((413, "RequestEntityTooLarge"), ((int)answer.StatusCode, (string?)status["reason"]));
    }

    [Fact]
    public async Task Table_rows_carry_what_includeObject_says()
    {
        await using var api = await TestApi.StartAsync();
        await api.CreateConfigMapAsync("a");
        var metadata = await api.GetAsync(TestApi.ConfigMaps(), TableType);
        Assert.Equal(("Name", "a", "PartialObjectMetadata", null), (
            metadata.At("columnDefinitions.0.name"), metadata.At("rows.0.cells.0"), metadata.At("rows.0.object.kind"), metadata.At("rows.0.object.data")));
        Assert.Equal("0", (await api.GetAsync($"{TestApi.ConfigMaps()}?includeObject=Object", TableType)).At("rows.0.object.data.n"));
        Assert.Null((await api.GetAsync($"{TestApi.ConfigMaps()}?includeObject=None", TableType)).At("rows.0.object"));
        Assert.Equal(400, (await api.GetAsync($"{TestApi.ConfigMaps()}?includeObject=Some", TableType)).Code);
        Assert.Equal("a", (await api.GetAsync($"{TestApi.ConfigMaps()}/a", TableType)).At("rows.0.cells.0"));
    }

    [Fact]
    public async Task Legacy_discovery_lists_resources_with_their_verbs()
    {
        await using var api = await TestApi.StartAsync();
        Assert.Equal("v1", (await api.GetAsync("/api")).At("versions.0"));
        var resources = (await api.GetAsync("/api/v1")).Json["resources"]!.AsArray().ToDictionary(resource => resource!["name"]!.GetValue<string>());
        Assert.Equal("create,delete,deletecollection,get,list,patch,update,watch", string.Join(',', resources["pods"]!["verbs"]!.AsArray().Select(verb => $"{verb}")));
        Assert.Equal("get,patch,update", string.Join(',', resources["pods/status"]!["verbs"]!.AsArray().Select(verb => $"{verb}")));
        Assert.Equal(("Binding", "create"), ($"{resources["pods/binding"]!["kind"]}", $"{resources["pods/binding"]!["verbs"]![0]}"));
        Assert.Equal("svc", $"{resources["services"]!["shortNames"]![0]}");
        Assert.Equal("all", $"{resources["services"]!["categories"]![0]}");
        Assert.DoesNotContain("deletecollection", resources["namespaces"]!["verbs"]!.ToJsonString());
        Assert.Equal("APIGroup", (await api.GetAsync("/apis/discovery.k8s.io")).At("kind"));
        Assert.Equal("EndpointSlice", (await api.GetAsync("/apis/discovery.k8s.io/v1")).At("resources.0.kind"));
    }

    [Theory]
    [InlineData("v2")]
    [InlineData("v2beta1")]
    public async Task Aggregated_discovery_is_one_document(string version)
    {
        await using var api = await TestApi.StartAsync();
        var accept = $"application/json;g=apidiscovery.k8s.io;v={version};as=APIGroupDiscoveryList,application/json";
        var core = await api.GetAsync("/api", accept);
        Assert.Equal(($"apidiscovery.k8s.io/{version}", "v1"), (core.At("apiVersion"), core.At("items.0.versions.0.version")));
        Assert.Contains($"v={version}", core.ContentType);
        var groups = (await api.GetAsync("/apis", accept)).Json["items"]!.AsArray().Select(group => $"{group!["metadata"]!["name"]}");
        Assert.Equal(["coordination.k8s.io", "discovery.k8s.io"], groups);
        Assert.Contains("\"subresource\":\"binding\"", core.Text);
    }

    [Fact]
    public async Task Health_and_version_are_told()
    {
        await using var api = await TestApi.StartAsync();
        foreach (var path in new[] { "/livez", "/readyz", "/healthz", "/readyz/store" }) Assert.Equal((200, "ok"), await TextAsync(path));
        Assert.Contains("[+]caches ok", (await api.GetAsync("/readyz?verbose")).Text);
        Assert.DoesNotContain("[+]caches", (await api.GetAsync("/readyz?verbose&exclude=caches")).Text);
        Assert.Equal(404, (await api.GetAsync("/readyz/nothing")).Code);
        Assert.Equal(("1", "32"), ((await api.GetAsync("/version")).At("major"), (await api.GetAsync("/version")).At("minor")));
        await api.Store.DisposeAsync();
        Assert.Equal(500, (await api.GetAsync("/readyz")).Code);
        Assert.Equal(200, (await api.GetAsync("/livez")).Code);
        Assert.Equal((503, "ServiceUnavailable"), ((await api.GetAsync(TestApi.ConfigMaps())).Code, (await api.GetAsync(TestApi.ConfigMaps())).Reason));
        Assert.Equal(200, (await api.GetAsync($"{TestApi.ConfigMaps()}?resourceVersion=0")).Code);

        async Task<(int Code, string Text)> TextAsync(string path) => await api.GetAsync(path) is var answer ? (answer.Code, answer.Text) : default;
    }

    [Fact]
    public async Task The_second_OpenApi_is_an_empty_document_that_kubectl_takes()
    {
        await using var api = await TestApi.StartAsync();
        var answer = await api.GetAsync("/openapi/v2");
        Assert.Equal((200, "", "application/com.github.proto-openapi.spec.v2.v1.0+protobuf"), (answer.Code, answer.Text, answer.ContentType));
    }

    [Fact]
    public async Task The_short_paths_of_the_first_project_work()
    {
        await using var api = await TestApi.StartAsync();
        await api.CreateNamespaceAsync("shop");
        var json = await api.PostAsync("/api/v1/services", """{"apiVersion":"v1","kind":"Service","metadata":{"name":"a"},"spec":{"ports":[{"port":80}]}}""", "");
        Assert.Equal((201, "default"), (json.Code, json.At("metadata.namespace")));
        var yaml = await api.PostAsync(
            "/api/v1/services", "apiVersion: v1\nkind: Service\nmetadata:\n  name: b\n  namespace: shop\nspec:\n  ports:\n  - port: 80\n", "application/x-www-form-urlencoded");
        Assert.Equal((201, "shop"), (yaml.Code, yaml.At("metadata.namespace")));
        Assert.Equal((200, "b"), ((await api.GetAsync("/api/v1/services/shop/b")).Code, (await api.GetAsync("/api/v1/services/shop/b")).At("metadata.name")));
        await api.PostAsync("/api/v1/namespaces/shop/endpoints", """{"apiVersion":"v1","kind":"Endpoints","metadata":{"name":"b"}}""");
        Assert.Equal("Endpoints", (await api.GetAsync("/api/v1/services/shop/b/endpoints")).At("kind"));
        Assert.Equal(404, (await api.GetAsync("/api/v1/services/shop/none")).Code);
    }

    [Fact]
    public async Task Yaml_that_lost_its_line_breaks_is_told_how_to_keep_them()
    {
        await using var api = await TestApi.StartAsync();
        var answer = await api.PostAsync("/api/v1/services", "apiVersion: v1kind: Servicemetadata:  name: a", "application/x-www-form-urlencoded");
        Assert.Equal(400, answer.Code);
        Assert.Contains("--data-binary", answer.Message);
    }

    [Fact]
    public async Task Requests_beyond_the_limit_are_told_to_come_back()
    {
        await using var api = await TestApi.StartAsync(TestApi.Options with { MaxRequestsInFlight = 1 });

        // Reads of a version that is not there yet stay in flight for as long as the server waits for it.
        var waiting = Enumerable.Range(0, 5).Select(_ => api.GetAsync($"{TestApi.ConfigMaps()}?resourceVersion=999999999"));
        var answers = await Task.WhenAll(waiting);
        Assert.Equal([429, 429, 429, 429, 504], answers.Select(answer => answer.Code).Order());
        var refused = answers.First(answer => answer.Code == 429);
        Assert.Equal(("TooManyRequests", "1"), (refused.Reason, refused.RetryAfter));
        Assert.Equal(200, (await api.GetAsync(TestApi.ConfigMaps())).Code);
    }

    [Fact]
    public async Task A_client_may_ask_for_less_time()
    {
        await using var api = await TestApi.StartAsync();
        var answer = await api.GetAsync($"{TestApi.ConfigMaps()}?resourceVersion=999999999&timeout=100ms");
        Assert.Equal((504, "Timeout"), (answer.Code, answer.Reason));
        Assert.Equal(400, (await api.GetAsync($"{TestApi.ConfigMaps()}?timeout=soon")).Code);
    }

    [Fact]
    public async Task A_server_is_ready_in_less_than_a_second()
    {
        await using (await TestApi.StartAsync())
        {
            // The first one pays for the compiler.
        }

        var started = Stopwatch.GetTimestamp();
        await using var api = await TestApi.StartAsync();
        Assert.Equal(200, (await api.GetAsync("/readyz")).Code);
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData(-1, "10.96.0.0/16", "InsecurePort")]
    [InlineData(0, "10.96.0.0/99", "10.96.0.0/99")]
    public async Task Options_that_make_no_sense_are_refused_by_name(int port, string range, string named)
    {
        await using var store = new MemoryStore(TimeProvider.System);
        var problem = await Assert.ThrowsAsync<ArgumentException>(() => ApiServerHost.StartAsync(
            TestApi.Options with { InsecurePort = port, ServiceClusterIpRange = range }, new ApiServerParts(), store, NullLoggerFactory.Instance, TimeProvider.System));
        Assert.Contains(named, problem.Message);
    }

    [Fact]
    public async Task Errors_keep_control_characters_out_of_warning_headers()
    {
        await using var api = await TestApi.StartAsync();
        var answer = await api.PostAsync(TestApi.ConfigMaps(), Encoding.UTF8.GetBytes("{\"metadata\":{\"name\":\"a\"},\"b\\u0007\\\"é\":1}"));
        Assert.Equal(201, answer.Code);
        Assert.Single(answer.Warnings);
    }
}
