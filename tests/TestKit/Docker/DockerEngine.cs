using System.Net.Sockets;
using MiniK8s.TestKit.Files;
using MiniK8s.TestKit.Network;
using MiniK8s.TestKit.Processes;

namespace MiniK8s.TestKit.Docker;

/// <summary>
/// A Docker engine of its own inside a network namespace: its rules stay there, its images and containers in a folder of the
/// test. Disposing ends containers, engine and containerd, and leaves no mount and no file.
/// </summary>
public sealed class DockerEngine : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly TestFolder _folder;
    private readonly NetworkNamespace _namespace;
    private readonly string _bridgeAddress;
    private ServerProcess? _daemon;

    private DockerEngine(TestFolder folder, NetworkNamespace @namespace, string bridgeAddress)
    {
        _folder = folder;
        _namespace = @namespace;
        _bridgeAddress = bridgeAddress;
    }

    /// <summary>Why this machine cannot run an engine, or null when it can.</summary>
    public static string? SkipReason =>
        NetworkNamespace.SkipReason
        ?? Tools.SkipReason("dockerd", "containerd", "iptables")
        ?? (Directory.Exists("/sys/fs/cgroup") ? null : "the cgroup file systems are not mounted");

    /// <summary>The address for clients: <c>unix:///…</c>.</summary>
    public Uri Address => new($"unix://{SocketPath}");

    /// <summary>The path of the engine's socket.</summary>
    public string SocketPath => _folder["docker.sock"];

    /// <summary>The engine's log file, for messages.</summary>
    public string LogPath => _folder["dockerd.log"];

    /// <summary>Starts an engine and returns when it answers.</summary>
    /// <param name="inside">The namespace of the node that it serves.</param>
    /// <param name="bridgeAddress">The address of its bridge with prefix length, for example <c>10.244.1.1/24</c>.</param>
    public static async Task<DockerEngine> StartAsync(
        NetworkNamespace inside, string bridgeAddress, CancellationToken cancellationToken = default)
    {
        var engine = new DockerEngine(TestFolder.Create(), inside, bridgeAddress);
        try
        {
            await engine.StartDaemonAsync(cancellationToken);
        }
        catch
        {
            await engine.DisposeAsync();
            throw;
        }

        return engine;
    }

    /// <summary>Ends the engine at once, as kill -9 does. Its containers go on, as they do in production.</summary>
    public async Task KillAsync()
    {
        if (_daemon is { } daemon)
        {
            await daemon.KillAsync();
        }

        // A killed engine leaves pid files, its own and that of the containerd that dies with it. Where the machine's init is
        // slow to reap, the new engine takes a dead containerd for a live one and waits for it in vain.
        File.Delete(_folder["docker.pid"]);
        File.Delete(_folder["exec/containerd/containerd.pid"]);
    }

    /// <summary>Starts the killed engine again on its old data; returns when it answers.</summary>
    public Task RestartAsync(CancellationToken cancellationToken = default) => StartDaemonAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        var containers = Directory.Exists(_folder["data/containers"])
            ? Directory.GetDirectories(_folder["data/containers"]).Select(path => Path.GetFileName(path)).ToList()
            : [];

        // Nobody waits for containers to end by themselves: the engine is killed, and then, with the folder, all that names it
        // in its arguments: containerd, the shims, and the containers as their children.
        await KillAsync();
        _folder.Dispose();
        ControlGroups.Remove(containers);
    }

    private async Task StartDaemonAsync(CancellationToken cancellationToken)
    {
        _daemon = ServerProcess.Start(
            _namespace.Enter(
                "dockerd", "--data-root", _folder["data"], "--exec-root", _folder["exec"], "-H", $"unix://{SocketPath}",
                "--pidfile", _folder["docker.pid"], "--bip", _bridgeAddress,
                "--shutdown-timeout", "3"),
            LogPath);
        await _daemon.WaitUntilAsync(AnswersAsync, "the Docker engine answers", StartLimit, cancellationToken);
    }

    private async Task<bool> AnswersAsync()
    {
        using var handler = new SocketsHttpHandler { ConnectCallback = ConnectAsync };
        using var client = new HttpClient(handler);
        try
        {
            return await client.GetStringAsync(new Uri("http://docker/_ping")) == "OK";
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(SocketPath), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
