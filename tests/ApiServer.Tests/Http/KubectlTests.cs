using MiniK8s.TestKit.Files;
using MiniK8s.TestKit.Processes;

namespace MiniK8s.ApiServer.Tests.Http;

/// <summary>What people do with a stock kubectl, on a server in this process.</summary>
public sealed class KubectlTests : IAsyncLifetime
{
    private const string Manifest = """
        apiVersion: v1
        kind: Service
        metadata:
          name: web
        spec:
          clusterIP: 10.96.0.50
          selector:
            app: web
          ports:
          - name: http
            port: 80
            targetPort: 8080
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: settings
        data:
          colour: blue
        """;

    private readonly TestFolder folder = TestFolder.Create();
    private TestApi api = null!;

    public async ValueTask InitializeAsync()
    {
        api = await TestApi.StartAsync();
        await File.WriteAllTextAsync(folder["editor"], "#!/bin/sh\nexec sed -i 's/size:.*/size: \"2\"/' \"$1\"\n");
        File.SetUnixFileMode(folder["editor"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    public async ValueTask DisposeAsync()
    {
        await api.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Apply_creates_changes_and_leaves_alone()
    {
        Assert.Equal("service/web created\nconfigmap/settings created\n", await ApplyAsync(Manifest));
        Assert.Equal("service/web unchanged\nconfigmap/settings unchanged\n", await ApplyAsync(Manifest));
        Assert.Equal("service/web configured\nconfigmap/settings unchanged\n", await ApplyAsync(Manifest.Replace("port: 80\n", "port: 81\n")));
        Assert.Equal("81 8080", await RunAsync("get", "service", "web", "-o", "jsonpath={.spec.ports[0].port} {.spec.ports[0].targetPort}"));
        var difference = await TryAsync("diff", "-f", folder["manifest.yaml"]);
        Assert.Equal((0, ""), (difference.ExitCode, difference.Output));
        Assert.Equal("service \"web\" deleted\nconfigmap \"settings\" deleted\n", await RunAsync("delete", "-f", folder["manifest.yaml"]));
    }

    [Fact]
    public async Task Kinds_that_are_sent_as_protobuf_are_created()
    {
        Assert.Equal("namespace/shop created\n", await RunAsync("create", "namespace", "shop"));
        Assert.Equal("configmap/a created\n", await RunAsync("create", "configmap", "a", "--from-literal=k=v", "-n", "shop"));
        Assert.Equal("secret/s created\n", await RunAsync("create", "secret", "generic", "s", "--from-literal=p=q", "-n", "shop"));
        Assert.Equal("service/web created\n", await RunAsync("create", "service", "nodeport", "web", "--tcp=80:8080", "-n", "shop"));
        Assert.Equal("serviceaccount/robot created\n", await RunAsync("create", "serviceaccount", "robot", "-n", "shop"));
        Assert.Equal("v q", $"{await RunAsync("get", "configmap", "a", "-n", "shop", "-o", "jsonpath={.data.k}")} "
            + System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(await RunAsync("get", "secret", "s", "-n", "shop", "-o", "jsonpath={.data.p}"))));
    }

    [Fact]
    public async Task Objects_are_patched_labelled_edited_and_replaced()
    {
        await ApplyAsync(Manifest);
        await RunAsync("label", "configmap", "settings", "tier=front");
        await RunAsync("annotate", "configmap", "settings", "note=x");
        await RunAsync("patch", "configmap", "settings", "-p", """{"data":{"size":"1"}}""");
        await RunAsync("patch", "configmap", "settings", "--type=json", "-p", """[{"op":"remove","path":"/data/colour"}]""");
        await RunAsync("patch", "service", "web", "-p", """{"spec":{"ports":[{"port":443,"name":"https"}]}}""");
        Assert.Contains("edited", await RunAsync("edit", "configmap", "settings"));
        Assert.Equal("front x map[size:2] 443 80", await RunAsync("get", "configmap", "settings", "-o", "go-template={{.metadata.labels.tier}} {{.metadata.annotations.note}} {{.data}} ")
            + await RunAsync("get", "service", "web", "-o", "jsonpath={.spec.ports[*].port}"));
        Assert.Equal("service/web replaced\nconfigmap/settings replaced\n", await RunAsync("replace", "-f", folder["manifest.yaml"]));
    }

    [Fact]
    public async Task Objects_are_listed_described_and_explained()
    {
        await ApplyAsync(Manifest);
        Assert.Matches(@"web +ClusterIP +10\.96\.0\.50 +<none> +80/TCP +\d+s +app=web", await RunAsync("get", "svc", "-o", "wide"));
        Assert.Contains("service/web", await RunAsync("get", "all", "-A"));
        Assert.Contains("clusterIP: 10.96.0.50\n", await RunAsync("get", "svc", "web", "-o", "yaml"));
        Assert.Contains("\"kind\": \"List\"", await RunAsync("get", "svc,cm", "-o", "json"));
        Assert.Contains("TargetPort:               8080/TCP", await RunAsync("describe", "svc", "web"));
        Assert.Contains("nodePort", await RunAsync("explain", "service.spec.ports"));
        Assert.Contains("endpointslices", await RunAsync("api-resources"));
        Assert.Contains("v1.32.0+minik8s", await RunAsync("version"));
        Assert.Equal("ok", await RunAsync("get", "--raw", "/readyz"));
    }

    [Fact]
    public async Task Waits_and_watches_end_when_what_they_wait_for_comes()
    {
        await ApplyAsync(Manifest);
        var waiting = RunAsync("wait", "configmap/settings", "--for=jsonpath={.data.colour}=red", "--timeout=20s");
        await api.PatchAsync($"{TestApi.ConfigMaps()}/settings", new { data = new { colour = "red" } });
        Assert.Contains("condition met", await waiting);
        var gone = RunAsync("wait", "configmap/settings", "--for=delete", "--timeout=20s");
        await api.DeleteAsync($"{TestApi.ConfigMaps()}/settings");
        Assert.Equal("", (await gone).Replace("configmap/settings condition met\n", ""));
    }

    [Fact]
    public async Task Mistakes_are_told_in_words()
    {
        Assert.Contains("services \"none\" not found", (await TryAsync("get", "svc", "none")).Error);
        Assert.Contains("unknown field \"spec.prots\"", (await TryApplyAsync(Manifest.Replace("ports:", "prots:"))).Error);
        Assert.Contains("spec.ports: Required value", (await TryApplyAsync(Manifest[..Manifest.IndexOf("  ports:", StringComparison.Ordinal)])).Error);
    }

    private async Task<string> ApplyAsync(string manifest) => (await TryApplyAsync(manifest)).OutputOrThrow();

    private async Task<CommandResult> TryApplyAsync(string manifest)
    {
        await File.WriteAllTextAsync(folder["manifest.yaml"], manifest);
        return await TryAsync("apply", "-f", folder["manifest.yaml"]);
    }

    private async Task<string> RunAsync(params string[] arguments) => (await TryAsync(arguments)).OutputOrThrow();

    private async Task<CommandResult> TryAsync(params string[] arguments)
    {
        Assert.SkipUnless(StockKubectl.Path is not null, "no stock kubectl is installed");

        var environment = new Dictionary<string, string>
        {
            ["HOME"] = folder.FullPath, ["KUBECONFIG"] = folder["none"], ["KUBE_EDITOR"] = folder["editor"],
        };
        return await Command.TryAsync(
            [StockKubectl.Path!, "--server", api.Url.ToString(), .. arguments], environment: environment, cancellationToken: TestContext.Current.CancellationToken);
    }
}

/// <summary>A kubectl that is not this project's.</summary>
internal static class StockKubectl
{
    /// <summary>The program, preferably of the version that is followed; null where none is installed.</summary>
    public static string? Path { get; } = Find();

    private static string? Find()
    {
        if (Tools.Find("kubectl") is not { } found) return null;
        var target = new FileInfo(found).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? found;
        var versioned = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(target)!, "kubectl.1.32");
        return File.Exists(versioned) ? versioned : found;
    }
}
