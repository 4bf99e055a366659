using MiniK8s.Kubectl.Tests.World;

namespace MiniK8s.Kubectl.Tests.Stock;

/// <summary>Command lines that change nothing say the same as Kubernetes' own kubectl, byte for byte, with the same exit code.</summary>
public sealed class SameOutputTests : IAsyncLifetime
{
    private TestServer server = null!;

    public async ValueTask InitializeAsync() => server = await Sample.ServerAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Tables_and_objects()
    {
        foreach (var line in new[]
        {
            "get pods", "get pods -o wide", "get po web-1 a-longer-name", "get pod/web-1 service/web", "get services,endpoints -A", "get all", "get all -A",
            "get nodes -o wide", "get ns", "get ep", "get endpointslices -o wide",
            "get pods --show-labels", "get services --no-headers -o wide", "get pods,svc --no-headers", "get pods -l app=web",
            "get pods -l app=web,tier=front -o name", "get pods --field-selector spec.nodeName=worker",
            "get pods -o yaml", "get pods -o json", "get svc web -o yaml", "get svc web -o json", "get svc,ep -o name", "get configmaps -n empty -o yaml",
            "get pods web-1 a-longer-name -o yaml", "get pods web-1 missing -o name",
            "get pods missing web-1 lost", "get pod/missing svc/web", "get pods missing --ignore-not-found", "get pods -n empty", "get pods -A -l none=none", "get pods missing -o yaml",
        }) await SameAsync(line);
    }

    [Fact]
    public async Task Descriptions()
    {
        foreach (var line in new[] { "describe service web", "describe endpoints web", "describe pod web-1", "describe pods", "describe node worker", "describe pod web", "describe pod missing" }) await SameAsync(line);
    }

    [Fact]
    public async Task The_list_of_types()
    {
        foreach (var line in new[] { "api-resources", "api-resources -o name", "api-resources --no-headers", "api-resources -o wide" }) await SameAsync(line);
    }

    private async Task SameAsync(string line)
    {
        using var stock = StockKubectl.OrSkip();
        var expected = await stock.RunAsync(server, "", line.Split(' '));
        var actual = await server.KubectlAsync(line.Split(' '));
        Difference.Require(line, expected, actual);
    }
}
