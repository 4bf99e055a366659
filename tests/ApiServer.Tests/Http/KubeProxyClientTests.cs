using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Protobuf;
using MiniK8s.Api.Schemas;
using MiniK8s.ApiServer.Security.Authorization;
using MiniK8s.ApiServer.Security.Pki;

namespace MiniK8s.ApiServer.Tests.Http;

/// <summary>The requests of a kube-proxy v1.32, header by header: its lists and watches, its node, its event.</summary>
public sealed class KubeProxyClientTests
{
    /// <summary>client-go asks for the configured type and, as no others are configured, adds that any will do.</summary>
    private const string Accept = "application/vnd.kubernetes.protobuf, */*";
    private const string Protobuf = "application/vnd.kubernetes.protobuf";
    private const string Services = "/api/v1/services?labelSelector=%21service.kubernetes.io%2Fheadless%2C%21service.kubernetes.io%2Fservice-proxy-name";
    private const string Slices = "/apis/discovery.k8s.io/v1/endpointslices?labelSelector=%21service.kubernetes.io%2Fheadless";
    private const string Nodes = "/api/v1/nodes?fieldSelector=metadata.name%3Dn1";

    [Theory]
    [InlineData(Services, "ServiceList", "kubernetes web")]
    [InlineData(Slices, "EndpointSliceList", "web-1")]
    [InlineData(Nodes, "NodeList", "n1")]
    public async Task A_list_of_any_version_shows_what_the_selector_leaves(string path, string kind, string names)
    {
        await using var api = await FilledAsync();
        var answer = await api.GetAsync($"{path}&limit=500&resourceVersion=0", Accept);

        Assert.Equal((200, "application/json", kind), (answer.Code, answer.ContentType, answer.At("kind")));
        var found = answer.Json["items"]!.AsArray().Select(item => item!["metadata"]!["name"]!.GetValue<string>()).Where(name => name != "kubernetes").ToList();
        Assert.Equal(names.Split(' ').Where(name => name != "kubernetes"), found);
        Assert.NotEqual("", answer.ResourceVersion);
    }

    [Theory]
    [InlineData(Services)]
    [InlineData(Slices)]
    [InlineData(Nodes)]
    public async Task A_watch_goes_on_where_the_list_ended(string path)
    {
        await using var api = await FilledAsync();
        var version = (await api.GetAsync($"{path}&limit=500&resourceVersion=0", Accept)).ResourceVersion;
        await using var watch = await WatchClient.OpenAsync(api, $"{path}&allowWatchBookmarks=true&resourceVersion={version}&timeout=7m13s&timeoutSeconds=433&watch=true", Accept);
        Assert.Equal("application/json", watch.ContentType);

        await ChangeAllAsync(api);
        var change = await watch.NextAsync();

        Assert.Equal("MODIFIED", change.Type);
        Assert.Contains(change.Name, (string[])["web", "web-1", "n1"]);
    }

    [Theory]
    [InlineData(Services)]
    [InlineData(Slices)]
    [InlineData(Nodes)]
    public async Task A_watch_list_is_served_with_a_bookmark_at_its_end(string path)
    {
        await using var api = await FilledAsync();
        await using var watch = await WatchClient.OpenAsync(
            api, $"{path}&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan&sendInitialEvents=true&timeoutSeconds=433&watch=true", Accept);

        WatchLine line;
        while ((line = await watch.NextAsync()).Type == "ADDED") Assert.NotEqual("headless", line.Name);
        Assert.Equal("BOOKMARK", line.Type);
        Assert.Equal("true", line.Object["metadata"]!["annotations"]!["k8s.io/initial-events-end"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_watch_list_without_its_match_is_refused_so_that_the_client_lists()
    {
        await using var api = await FilledAsync();
        var answer = await api.GetAsync($"{Services}&allowWatchBookmarks=true&sendInitialEvents=true&watch=true", Accept);

        Assert.Equal((422, "Invalid"), (answer.Code, answer.Reason));
    }

    [Fact]
    public async Task A_service_that_gets_the_label_of_another_proxy_leaves_the_watch()
    {
        await using var api = await FilledAsync();
        var version = (await api.GetAsync(Services, Accept)).ResourceVersion;
        await using var watch = await WatchClient.OpenAsync(api, $"{Services}&allowWatchBookmarks=true&resourceVersion={version}&watch=true", Accept);

        await api.PatchAsync($"{TestApi.Services()}/web", new { metadata = new { labels = new Dictionary<string, string> { ["service.kubernetes.io/service-proxy-name"] = "other" } } });

        Assert.Equal("DELETED web", (await watch.NextAsync()).ToString());
    }

    [Fact]
    public async Task Its_node_is_read_by_name_and_its_absence_is_said_in_a_status()
    {
        await using var api = await FilledAsync();

        Assert.Equal("n1", (await api.GetAsync("/api/v1/nodes/n1", Accept)).At("metadata.name"));
        var absent = await api.GetAsync("/api/v1/nodes/n9", Accept);
        Assert.Equal((404, "NotFound", "application/json"), (absent.Code, absent.Reason, absent.ContentType));
    }

    [Fact]
    public async Task An_event_in_a_protobuf_envelope_is_kept()
    {
        await using var api = await FilledAsync();
        var body = KubernetesProtobuf.Encode(
            System.Text.Json.Nodes.JsonNode.Parse("""
                {"apiVersion":"v1","kind":"Event","metadata":{"name":"n1.17","namespace":"default"},"involvedObject":{"kind":"Node","name":"n1","uid":"n1"},
                 "reason":"Starting","type":"Normal","reportingComponent":"kube-proxy","reportingInstance":"kube-proxy-n1","action":"StartKubeProxy","eventTime":"2026-11-28T12:00:00.000000Z"}
                """)!.AsObject(),
            Schema.Of<Event>());
        Assert.Equal("k8s\0"u8, body.AsSpan(0, 4));

        var created = await api.SendAsync("POST", "/api/v1/namespaces/default/events", body, Protobuf, Accept);

        Assert.Equal((201, "Starting"), (created.Code, created.At("reason")));
    }

    [Theory]
    [InlineData("list", "", "services", true)]
    [InlineData("watch", "", "services", true)]
    [InlineData("list", "discovery.k8s.io", "endpointslices", true)]
    [InlineData("watch", "discovery.k8s.io", "endpointslices", true)]
    [InlineData("get", "", "nodes", true)]
    [InlineData("list", "", "nodes", true)]
    [InlineData("watch", "", "nodes", true)]
    [InlineData("create", "", "events", true)]
    [InlineData("patch", "", "events", true)]
    [InlineData("create", "events.k8s.io", "events", true)]
    [InlineData("patch", "events.k8s.io", "events", true)]
    [InlineData("delete", "", "events", false)]
    [InlineData("list", "", "events", false)]
    [InlineData("update", "", "nodes", false)]
    [InlineData("patch", "", "services", false)]
    [InlineData("update", "discovery.k8s.io", "endpointslices", false)]
    [InlineData("list", "", "pods", false)]
    [InlineData("get", "", "secrets", false)]
    [InlineData("get", "", "configmaps", false)]
    public void Its_identity_may_do_what_it_needs_and_no_more(string verb, string group, string resource, bool expected)
    {
        var rules = BuiltInPolicy.Users[ComponentIdentity.Proxy.User];

        Assert.Equal(expected, rules.Any(rule => rule.Verbs.Contains(verb) && rule.Groups.Contains(group) && rule.Resources.Contains(resource)));
    }

    private static async Task<TestApi> FilledAsync()
    {
        var api = await TestApi.StartAsync();
        await CreateAsync(api, "/api/v1/nodes", new { apiVersion = "v1", kind = "Node", metadata = new { name = "n1" } });
        await CreateAsync(api, "/api/v1/nodes", new { apiVersion = "v1", kind = "Node", metadata = new { name = "n2" } });
        await CreateAsync(api, TestApi.Services(), ServiceOf("web", []));
        await CreateAsync(api, TestApi.Services(), ServiceOf("theirs", new() { ["service.kubernetes.io/service-proxy-name"] = "other" }));
        await CreateAsync(api, TestApi.Services(), ServiceOf("headless", new() { ["service.kubernetes.io/headless"] = "" }));
        await CreateAsync(api, SlicesPath, SliceOf("web-1", new() { ["kubernetes.io/service-name"] = "web" }));
        await CreateAsync(api, SlicesPath, SliceOf("headless-1", new() { ["service.kubernetes.io/headless"] = "" }));
        return api;
    }

    private const string SlicesPath = "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices";

    private static async Task CreateAsync(TestApi api, string path, object body)
    {
        var answer = await api.PostAsync(path, body);
        Assert.True(answer.Code == 201, answer.Text);
    }

    private static async Task ChangeAllAsync(TestApi api)
    {
        var change = new { metadata = new { annotations = new { changed = "yes" } } };
        foreach (var path in (string[])[$"{TestApi.Services()}/headless", $"{TestApi.Services()}/web", $"{SlicesPath}/headless-1", $"{SlicesPath}/web-1", "/api/v1/nodes/n2", "/api/v1/nodes/n1"])
        {
            var answer = await api.PatchAsync(path, change);
            Assert.True(answer.Code == 200, answer.Text);
        }
    }

    private static object ServiceOf(string name, Dictionary<string, string> labels) =>
        new { apiVersion = "v1", kind = "Service", metadata = new { name, labels }, spec = new { ports = new[] { new { port = 80 } } } };

    private static object SliceOf(string name, Dictionary<string, string> labels) =>
        new { apiVersion = "discovery.k8s.io/v1", kind = "EndpointSlice", metadata = new { name, labels }, addressType = "IPv4", endpoints = Array.Empty<object>(), ports = Array.Empty<object>() };
}
