using MiniK8s.TestKit.Files;
using MiniK8s.TestKit.Processes;

namespace MiniK8s.TestKit.Servers;

/// <summary>
/// A real etcd of one member on loopback with a data directory of its own, every write synced to disk. It can be killed and
/// started again on the same data and ports. Tests skip with <see cref="SkipReason"/> where there is none.
/// </summary>
public sealed class EtcdServer : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(2) };

    private readonly TestFolder _folder = TestFolder.Create();
    private readonly IReadOnlyList<string> _extraArguments;
    private readonly string _metricsUrl = $"http://127.0.0.1:{FreePorts.Next()}";
    private readonly string _peerUrl = $"http://127.0.0.1:{FreePorts.Next()}";
    private ServerProcess? _process;

    private EtcdServer(IReadOnlyList<string> extraArguments)
    {
        _extraArguments = extraArguments;
        var scheme = extraArguments.Contains("--cert-file") ? "https" : "http";
        ClientUrl = $"{scheme}://127.0.0.1:{FreePorts.Next()}";
    }

    /// <summary>Why tests with etcd cannot run on this machine, or null when they can.</summary>
    public static string? SkipReason => Tools.SkipReason("etcd");

    /// <summary>The URL for clients, for example <c>http://127.0.0.1:34567</c>; https where the extra arguments have a <c>--cert-file</c>.</summary>
    public string ClientUrl { get; }

    /// <summary>Starts a member and waits until it serves.</summary>
    /// <param name="extraArguments">Further arguments of the etcd command line, names and values as elements of their own.</param>
    public static async Task<EtcdServer> StartAsync(params IReadOnlyList<string> extraArguments)
    {
        var server = new EtcdServer(extraArguments);
        try
        {
            await server.RestartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Kills the process with SIGKILL; the data stays.</summary>
    public async Task KillAsync()
    {
        if (_process is not null)
        {
            await _process.KillAsync();
        }
    }

    /// <summary>Starts the process on the data that is there and waits until it serves.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken = default)
    {
        _process?.Dispose();
        _process = ServerProcess.Start(CommandLine(), _folder["etcd.log"]);
        await _process.WaitUntilAsync(IsServingAsync, $"etcd serves at {ClientUrl}", StartLimit, cancellationToken);
    }

    /// <summary>Kills the process and removes its data.</summary>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process?.Dispose();
        _folder.Dispose();
    }

    private List<string> CommandLine() =>
    [
        Tools.Find("etcd") ?? "etcd", "--name", "test", "--data-dir", _folder["data"],
        "--listen-client-urls", ClientUrl, "--advertise-client-urls", ClientUrl,
        "--listen-peer-urls", _peerUrl, "--initial-advertise-peer-urls", _peerUrl, "--initial-cluster", $"test={_peerUrl}",
        "--listen-metrics-urls", _metricsUrl, "--logger", "zap", "--log-level", "warn", .. _extraArguments,
    ];

    // /health makes a linearizable read: it says yes when the member has a leader. The extra listener has no TLS.
    private async Task<bool> IsServingAsync()
    {
        try
        {
            using var response = await Http.GetAsync(new Uri($"{_metricsUrl}/health"));
            return response.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }
}
