using MiniK8s.Kubectl.Tests.World;
using MiniK8s.TestKit.Files;
using MiniK8s.TestKit.Processes;

namespace MiniK8s.Kubectl.Tests.Stock;

/// <summary>Kubernetes' own kubectl 1.32, where the machine has one.</summary>
internal sealed class StockKubectl : IDisposable
{
    private readonly TestFolder home = TestFolder.Create();
    private readonly string program;

    private StockKubectl(string program) => this.program = program;

    /// <summary>The program; the test is skipped where there is none.</summary>
    public static StockKubectl OrSkip()
    {
        var found = Find();
        Assert.SkipUnless(found is not null, "stock kubectl 1.32 is not installed here");
        return new StockKubectl(found!);
    }

    /// <summary>Runs a command line against a server. What it learns of the server is kept apart, because ports come again.</summary>
    public async Task<Run> RunAsync(TestServer server, string input, params IReadOnlyList<string> arguments)
    {
        var environment = new Dictionary<string, string> { ["HOME"] = home.FullPath, ["KUBECONFIG"] = home["none"], ["TZ"] = "UTC" };
        var result = await Command.TryAsync([program, "--server", server.Url, "--cache-dir", home[new Uri(server.Url).Port.ToString()], .. arguments], input, environment, cancellationToken: TestContext.Current.CancellationToken);
        return new Run(result.ExitCode, result.Output, result.Error);
    }

    public void Dispose() => home.Dispose();

    private static string? Find()
    {
        if (Tools.Find("kubectl.1.32") is { } named) return named;
        if (Tools.Find("kubectl") is not { } plain) return null;
        var real = File.ResolveLinkTarget(plain, returnFinalTarget: true)?.FullName ?? plain;
        var beside = Path.Combine(Path.GetDirectoryName(real)!, "kubectl.1.32");
        return File.Exists(beside) ? beside : null;
    }
}
