using System.CommandLine;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Proxy.Health;
using MiniK8s.Proxy.Metrics;
using MiniK8s.Proxy.Tests.Kit;
using MiniK8s.Proxy.Tests.Network;
using MiniK8s.TestKit.Files;
using MiniK8s.TestKit.Servers;

namespace MiniK8s.Proxy.Tests.Explain;

public sealed class ExplainCommandTests : IAsyncLifetime
{
    private readonly TestFolder folder = TestFolder.Create();
    private readonly string nowhere = $"127.0.0.1:{FreePorts.Next()}";
    private FakeApi api = null!;

    public async ValueTask InitializeAsync()
    {
        api = await FakeApi.StartAsync();
        await File.WriteAllTextAsync(folder["kubeconfig"], api.Kubeconfig);
        api.Put(Given.Service("web", "10.96.0.10"));
        api.Put(Given.Slice("web", Given.Local("10.244.1.1")));
        api.Put(Given.Slice("other", Given.Local("10.244.1.7")));
        api.Put(Given.Node());
    }

    public async ValueTask DisposeAsync()
    {
        await api.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_service_is_explained_for_the_only_node_and_what_is_not_known_is_said()
    {
        var (code, text, error) = await RunAsync("shop/web");

        Assert.Equal((0, ""), (code, error));
        Assert.StartsWith($"Service shop/web on node n1\n  no proxy answers on {nowhere}", text, StringComparison.Ordinal);
        Assert.Contains("where pods live is not known: give the proxy's --cluster-cidr", text, StringComparison.Ordinal);
        Assert.Contains("from a pod, from the node itself, from outside: forwarded to 10.244.1.1:8080, the only endpoint", text, StringComparison.Ordinal);
        Assert.DoesNotContain("10.244.1.7", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pod", "from a pod: forwarded")]
    [InlineData("node", "from the node itself: forwarded")]
    [InlineData("outside", "from outside: forwarded")]
    public async Task Only_the_packets_that_were_asked_about_are_told_of(string from, string expected)
    {
        var (_, text, _) = await RunAsync("web", "-n", "shop", "--from", from, "--cluster-cidr", "10.244.0.0/16");

        Assert.Contains(expected, text, StringComparison.Ordinal);
        Assert.Single(text.Split('\n'), line => line.Contains("forwarded", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_running_proxy_works_with_counts_unless_it_is_given()
    {
        var running = new ProxyOptions { NodeName = "n1", ClusterCidr = "10.244.0.0/16", MasqueradeAll = true };
        var metrics = FreePorts.Next();
        var endpoints = new ProxyEndpoints(new SyncHealth(TimeSpan.FromSeconds(15), TimeProvider.System), new ProxyMetrics(TimeProvider.System), "iptables", TimeProvider.System) { Options = running };
        await using var web = await HttpResponder.StartAsync([new IPEndPoint(IPAddress.Loopback, metrics)], endpoints.Metrics, NullLoggerFactory.Instance, CancellationToken.None);

        var (_, text, _) = await RunAsync("shop/web", "--metrics-bind-address", $"127.0.0.1:{metrics}");
        var (_, given, _) = await RunAsync("shop/web", "--metrics-bind-address", $"127.0.0.1:{metrics}", "--masquerade-all", "false", "--cluster-cidr", "10.0.0.0/8");

        Assert.Contains($"as the proxy tells on 127.0.0.1:{metrics}\n  programmed by iptables; pods are 10.244.0.0/16", text, StringComparison.Ordinal);
        Assert.Contains("becomes the node's: --masquerade-all", text, StringComparison.Ordinal);
        Assert.Contains("given here: --cluster-cidr, --masquerade-all", given, StringComparison.Ordinal);
        Assert.Contains("pods are 10.0.0.0/8", given, StringComparison.Ordinal);
        Assert.DoesNotContain("becomes the node's: --masquerade-all", given, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Programs_read_json()
    {
        var (code, text, _) = await RunAsync("shop/web", "-o", "json");

        using var json = JsonDocument.Parse(text);
        Assert.Equal(0, code);
        Assert.Equal("10.96.0.10:80", json.RootElement.GetProperty("families")[0].GetProperty("ports")[0].GetProperty("ways")[0].GetProperty("target").GetString());
    }

    [Theory]
    [InlineData(1, "there is no Service default/web; there is shop/web", "web")]
    [InlineData(1, "there is no Service shop/wob", "shop/wob")]
    [InlineData(1, "\"a/b/c\" is no Service; give NAME or NAMESPACE/NAME", "a/b/c")]
    [InlineData(1, "\"shop/web\" is not in the namespace dock that --namespace names; give one of them", "shop/web", "-n", "dock")]
    [InlineData(2, "--cluster-cidr: \"pods\" is no block such as 10.244.0.0/16", "shop/web", "--cluster-cidr", "pods")]
    public async Task What_cannot_be_answered_is_one_line(int expected, string message, params string[] arguments)
    {
        var (code, text, error) = await RunAsync(arguments);

        Assert.Equal((expected, "", $"error: {message}\n"), (code, text, error));
    }

    [Fact]
    public async Task An_unknown_origin_is_refused_with_what_would_be_right()
    {
        var (code, _, error) = await RunAsync("shop/web", "--from", "mars");

        Assert.NotEqual(0, code);
        Assert.Contains("--from: \"mars\" is unknown; give pod, node or outside", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_several_nodes_one_must_be_named()
    {
        api.Put(new Node { Metadata = new ObjectMeta { Name = "n2" } });

        var (code, _, error) = await RunAsync("shop/web");
        var (named, text, _) = await RunAsync("shop/web", "--node-name", "n2");

        Assert.Equal((1, "error: which node is meant? Give --node-name, one of n1, n2\n"), (code, error));
        Assert.Equal(0, named);
        Assert.StartsWith("Service shop/web on node n2\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_away_is_one_line()
    {
        await api.DisposeAsync();

        var (code, _, error) = await RunAsync("shop/web");

        Assert.Equal(1, code);
        Assert.StartsWith("error: the API server cannot be reached: ", error, StringComparison.Ordinal);
        Assert.Single(error.Trim().Split('\n'));
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        string[] all = ["explain", "--kubeconfig", folder["kubeconfig"], .. arguments.Contains("--metrics-bind-address") ? arguments : [.. arguments, "--metrics-bind-address", nowhere]];
        var code = await ProxyCommand.Create().Parse(all).InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
