using System.Text.Json.Nodes;
using MiniK8s.Kubectl.Tests.World;
using MiniK8s.TestKit;

namespace MiniK8s.Kubectl.Tests.Commands;

public sealed class WatchTests : IAsyncLifetime
{
    private const string Path = "/api/v1/namespaces/default/services/web";
    private TestServer server = null!;

    public async ValueTask InitializeAsync() => server = await Sample.ServerAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Changes_follow_the_list_under_the_same_heading()
    {
        await using var watch = new Watch(server, "get", "services", "--watch");
        await watch.ShowsAsync("NAME   TYPE       CLUSTER-IP    EXTERNAL-IP   PORT(S)        AGE\nweb    NodePort   10.96.0.100   <none>        80:30080/TCP   0s\n");
        await server.PatchAsync(Path, new JsonObject { ["spec"] = new JsonObject { ["externalIPs"] = new JsonArray("192.0.2.1") } });
        await watch.ShowsAsync("web    NodePort   10.96.0.100   192.0.2.1     80:30080/TCP   0s\n");
    }

    [Fact]
    public async Task One_name_is_watched_alone_until_it_is_gone_and_beyond()
    {
        await using var watch = new Watch(server, "get", "service", "web", "-w", "-o", "name");
        await watch.ShowsAsync("service/web\n");
        await server.CreateAsync("{apiVersion: v1, kind: Service, metadata: {name: other}, spec: {clusterIP: None, selector: {a: b}, ports: [{port: 1}]}}");
        await server.KubectlAsync("delete", "service", "web");
        await watch.ShowsAsync("service/web\n");
        await server.CreateAsync(Sample.Service);
        await watch.ShowsAsync("service/web\n");
    }

    [Fact]
    public async Task Nothing_yet_has_no_heading_yet()
    {
        await using var watch = new Watch(server, "get", "configmaps", "-w", "-o", "yaml", "-l", "watched");
        await server.CreateAsync("{apiVersion: v1, kind: ConfigMap, metadata: {name: a, labels: {watched: yes-it-is}}}");
        await watch.ShowsAsync("  resourceVersion: ");
        Assert.StartsWith("apiVersion: v1\nkind: ConfigMap\n", watch.Everything, StringComparison.Ordinal);
    }

    /// <summary>A command that runs until the test has seen enough.</summary>
    private sealed class Watch : IAsyncDisposable
    {
        private readonly CancellationTokenSource stop = new();
        private readonly SharedText output = new();
        private readonly SharedText error = new();
        private readonly Task<int> run;
        private int seen;

        public Watch(TestServer server, params string[] arguments) =>
            run = KubectlCommand.RunAsync(["--server", server.Url, .. arguments], new Terminal(output, error, () => Stream.Null), stop.Token);

        public string Everything => output.ToString();

        /// <summary>Waits for this text behind what was awaited before.</summary>
        public async Task ShowsAsync(string text)
        {
            await Eventually.TrueAsync(() => Everything.IndexOf(text, seen, StringComparison.Ordinal) >= 0 || run.IsCompleted, $"the watch shows {text}");
            var at = Everything.IndexOf(text, seen, StringComparison.Ordinal);
            Assert.True(at >= 0, $"shown: {Everything[seen..]}{error}");
            seen = at + text.Length;
        }

        public async ValueTask DisposeAsync()
        {
            await stop.CancelAsync();
            Assert.Equal(130, await run);
            Assert.Equal("", error.ToString());
            stop.Dispose();
        }
    }
}
