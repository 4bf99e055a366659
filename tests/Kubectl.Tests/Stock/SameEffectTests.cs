using System.Text.RegularExpressions;
using MiniK8s.Kubectl.Tests.World;

namespace MiniK8s.Kubectl.Tests.Stock;

/// <summary>The same changes, by Kubernetes' own kubectl on one server and by ours on another, say the same and leave the same objects.</summary>
public sealed partial class SameEffectTests
{
    private static readonly string Changed = Sample.Service.Replace("targetPort: 8080", "targetPort: 9090", StringComparison.Ordinal).Replace("labels: {app: web}", "labels: {tier: front}", StringComparison.Ordinal);
    private static readonly string TwoPorts = Sample.Service + "\n  - {name: metrics, port: 9100, targetPort: 9100}";

    private const string BadName = "apiVersion: v1\nkind: Service\nmetadata: {name: Bad_Name}\nspec: {ports: [{port: 80}]}";
    private const string ManyFaults = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {type: Wrong, clusterIP: None, ports: [{port: 0}]}";

    [Fact]
    public async Task Applying_again_and_again()
    {
        await SameAsync(
            (Sample.Service, "apply -f -"), (Sample.Service, "apply -f -"), (TwoPorts, "apply -f -"), (Changed, "apply -f -"), (Sample.Pods, "apply -f -"),
            (Sample.Pods, "apply -f - -o name"),
            (Sample.Endpoints, "apply -f - --dry-run=server"), (Sample.Endpoints, "apply -f - --dry-run=client"), (Sample.Endpoints, "apply -f -"),
            ("", "get svc,ep,pods,endpointslices -o json"));
    }

    [Fact]
    public async Task Creating_and_deleting()
    {
        await SameAsync(
            ("", "create namespace demo"), ("", "create ns demo"), (Sample.Service, "create -f - -n demo"), (Sample.Service, "create -f - -n demo"),
            (Sample.Service, "create -f - --dry-run=server"), (Sample.Pods, "create -f - -o name"),
            ("", "delete pod a-longer-name missing"), ("", "delete pods -l app=none"), ("", "delete pods --all --wait=false"),
            (Sample.Service, "delete -f - -n demo"), (Sample.Service, "delete -f - -n demo"), ("", "delete service missing --ignore-not-found"),
            (Sample.Endpoints, "create -f -"), ("", "delete ep/web endpointslices/web-abc -o name"), ("", "get svc,ep,pods,endpointslices -A -o name"));
    }

    [Fact]
    public async Task What_is_refused()
    {
        await SameAsync(
            (BadName, "create -f -"),
            (ManyFaults, "create -f -"), (ManyFaults, "apply -f -"),
            ("", "create namespace Bad_Name"));
    }

    private static async Task SameAsync(params (string Input, string Line)[] steps)
    {
        using var stock = StockKubectl.OrSkip();
        await using var theirs = await TestServer.StartAsync();
        await using var ours = await TestServer.StartAsync();
        foreach (var (input, line) in steps)
        {
            var expected = await stock.RunAsync(theirs, input, line.Split(' '));
            var actual = await ours.KubectlWithInputAsync(input, line.Split(' '));
            Difference.Require(line, Plain(expected), Plain(actual));
        }
    }

    // What the server makes up is not the commands' to be equal in.
    private static Run Plain(Run run) => run with { Output = MadeUp().Replace(run.Output, "$1"), Error = run.Error.TrimEnd('\n') };

    [GeneratedRegex("(\"(uid|resourceVersion|creationTimestamp)\": )\"[^\"]*\"")]
    private static partial Regex MadeUp();
}
