using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using MiniK8s.Kubectl.Tests.World;
using MiniK8s.TestKit;

namespace MiniK8s.Kubectl.Tests.Commands;

public sealed class ProxyTests : IAsyncLifetime
{
    private readonly CancellationTokenSource stop = new();
    private readonly SharedText output = new();
    private readonly SharedText error = new();
    private readonly HttpClient http = new();
    private TestServer server = null!;
    private Task<int> run = null!;
    private Uri address = null!;

    public async ValueTask InitializeAsync()
    {
        server = await Sample.ServerAsync();
        run = KubectlCommand.RunAsync(["proxy", "--port", "0", "--server", server.Url], new Terminal(output, error, () => Stream.Null), stop.Token);
        await Eventually.TrueAsync(() => output.ToString().EndsWith('\n') || run.IsCompleted, "the proxy says where it listens");
        Assert.StartsWith("Starting to serve on 127.0.0.1:", output.ToString(), StringComparison.Ordinal);
        address = new Uri($"http://localhost:{output.ToString().Trim().Split(':')[1]}");
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        Assert.Equal((130, ""), (await run, error.ToString()));
        http.Dispose();
        stop.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Requests_are_passed_on_both_ways()
    {
        var list = JsonNode.Parse(await http.GetStringAsync(new Uri(address, "/api/v1/services"), TestContext.Current.CancellationToken))!;
        Assert.Equal(("ServiceList", "web"), ((string?)list["kind"], (string?)list["items"]![0]!["metadata"]!["name"]));
        using var body = new StringContent("""{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "made"}}""", Encoding.UTF8, "application/json");
        using var made = await http.PostAsync(new Uri(address, "/api/v1/namespaces/default/configmaps"), body, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        using var selected = await http.GetAsync(new Uri(address, "/api/v1/pods?labelSelector=app%3Dother"), TestContext.Current.CancellationToken);
        Assert.Equal("a-longer-name", (string?)JsonNode.Parse(await selected.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["items"]!.AsArray().Single()!["metadata"]!["name"]);
    }

    [Fact]
    public async Task A_refusal_of_the_server_is_passed_on_as_it_is()
    {
        using var answer = await http.GetAsync(new Uri(address, "/api/v1/namespaces/default/pods/none"), TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.NotFound, "application/json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Equal("pods \"none\" not found", (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["message"]);
    }

    [Fact]
    public async Task A_watch_is_passed_on_line_by_line()
    {
        using var watch = new StreamReader(await http.GetStreamAsync(new Uri(address, "/api/v1/services?watch=true&resourceVersion=0"), TestContext.Current.CancellationToken));
        Assert.Contains("\"ADDED\"", await watch.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await server.KubectlAsync("delete", "service", "web");
        Assert.Contains("\"DELETED\"", await watch.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host", "evil.example", "host evil.example is not a loopback name\n")]
    [InlineData("Origin", "https://evil.example", "origin https://evil.example is not a page of this machine\n")]
    [InlineData("Origin", "null", "origin null is not a page of this machine\n")]
    public async Task Pages_of_other_sites_cannot_use_it(string header, string value, string refusal)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, "/api/v1/services"));
        request.Headers.TryAddWithoutValidation(header, value);
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.Forbidden, refusal), (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task A_page_of_this_machine_can()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, "/version"));
        request.Headers.TryAddWithoutValidation("Origin", "http://127.0.0.1:3000");
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_server_that_is_gone_is_a_bad_gateway_and_a_taken_port_an_error()
    {
        var taken = await Run.OfAsync(["proxy", "--port", $"{address.Port}", "--server", server.Url]);
        Assert.Equal((1, ""), (taken.Code, taken.Output));
        Assert.StartsWith($"error: Failed to bind to address http://127.0.0.1:{address.Port}: address already in use.", taken.Error, StringComparison.Ordinal);
        await server.StopAsync();
        using var answer = await http.GetAsync(new Uri(address, "/version"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
    }
}
