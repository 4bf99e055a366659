using System.Globalization;
using MiniK8s.Benchmarks.Measuring;
using MiniK8s.TestKit.Network;
using MiniK8s.TestKit.Processes;

namespace MiniK8s.Benchmarks.ServiceProxy;

/// <summary>A running proxy, ours or another's, in the network namespace of a node.</summary>
internal sealed class ProxyProcess : IAsyncDisposable
{
    private readonly ChildProcess process;
    private readonly HttpClient http;

    private ProxyProcess(ChildProcess process, HttpClient http) => (this.process, this.http) = (process, http);

    /// <summary>Processor time and memory so far.</summary>
    public ProcessUsage Usage => ProcessUsage.Of(process.Id);

    /// <summary>Starts it; it need not have done anything when this returns.</summary>
    public static ProxyProcess Start(ProxyProgram program, NetworkNamespace node, string kubeconfig)
    {
        var command = node.Enter(program.Command(kubeconfig));
        return new ProxyProcess(ChildProcess.Start(command[0], command.Skip(1)), node.CreateHttpClient());
    }

    /// <summary>Fails when it has ended, with what it wrote.</summary>
    public void MustRun()
    {
        if (process.HasExited) throw new InvalidOperationException($"the proxy ended with {process.ExitCode}: {process.Error}{process.Output}");
    }

    /// <summary>The syncs so far and the time that they took, from its metrics: both kinds of proxy count these under one name.</summary>
    public async Task<(double Count, double Seconds)> SyncsAsync()
    {
        const string Metric = "kubeproxy_sync_proxy_rules_duration_seconds";
        var text = await http.GetStringAsync(new Uri($"http://{ProxyProgram.MetricsAddress}/metrics"));
        return (Sum(text, $"{Metric}_count"), Sum(text, $"{Metric}_sum"));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await process.DisposeAsync();
    }

    // One line per address family where it tells them apart.
    private static double Sum(string text, string name) => text.Split('\n')
        .Where(line => line.StartsWith(name, StringComparison.Ordinal) && line.Length > name.Length && line[name.Length] is ' ' or '{')
        .Sum(line => double.Parse(line.AsSpan(line.LastIndexOf(' ') + 1), CultureInfo.InvariantCulture));
}
