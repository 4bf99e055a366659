using MiniK8s.Kubectl.Tests.World;

namespace MiniK8s.Kubectl.Tests.Commands;

public sealed class OtherCommandTests : IAsyncLifetime
{
    private TestServer server = null!;

    public async ValueTask InitializeAsync() => server = await TestServer.StartAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Version_shows_both_sides_or_asks_no_server()
    {
        var both = await server.KubectlAsync("version");
        Assert.Equal((0, ""), (both.Code, both.Error));
        Assert.Matches(@"^Client Version: v\d+\.\d+\.\d+\nServer Version: v1\.32\.\d+\S*\n$", both.Output);
        Assert.Matches(@"^Client Version: v\d+\.\d+\.\d+\n$", (await Run.OfAsync(["version", "--client", "--server", "http://127.0.0.1:1"])).Output);
        Assert.Matches(@"^clientVersion:\n  gitVersion: v\d+\.\d+\.\d+\n$", (await Run.OfAsync(["version", "--client", "-o", "yaml"])).Output);
        Assert.Contains("\"serverVersion\": {", (await server.KubectlAsync("version", "-o", "json")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Api_resources_lists_what_can_be_got_by_which_name()
    {
        var lines = (await server.KubectlAsync("api-resources")).Output.Split('\n');
        Assert.Matches(@"^NAME +SHORTNAMES +APIVERSION +NAMESPACED +KIND$", lines[0]);
        Assert.Contains(lines, line => System.Text.RegularExpressions.Regex.IsMatch(line, @"^services +svc +v1 +true +Service$"));
        Assert.Contains(lines, line => System.Text.RegularExpressions.Regex.IsMatch(line, @"^nodes +no +v1 +false +Node$"));
        Assert.Contains(lines, line => System.Text.RegularExpressions.Regex.IsMatch(line, @"^endpointslices +discovery\.k8s\.io/v1 +true +EndpointSlice$"));
        Assert.DoesNotContain(lines, line => line.Contains('/', StringComparison.Ordinal) && line.StartsWith("pods/", StringComparison.Ordinal));
        Assert.Contains("endpointslices.discovery.k8s.io", (await server.KubectlAsync("api-resources", "-o", "name")).Output.Split('\n'));
        Assert.Contains("watch", (await server.KubectlAsync("api-resources", "-o", "wide", "--no-headers")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cluster_info_tells_of_the_server_and_the_clusters_services()
    {
        await server.CreateAsync("""
            apiVersion: v1
            kind: Service
            metadata: {name: dns, namespace: kube-system, labels: {kubernetes.io/cluster-service: 'true', kubernetes.io/name: ClusterDNS}}
            spec: {clusterIP: None, selector: {a: b}, ports: [{port: 53}]}
            """);
        (await server.KubectlAsync("cluster-info")).Answers(
            $"Kubernetes control plane is running at {server.Url}\nClusterDNS is running at {server.Url}/api/v1/namespaces/kube-system/services/dns/proxy\n");
    }
}
