using System.Globalization;
using System.Net.Sockets;
using MiniK8s.TestKit.Files;
using MiniK8s.TestKit.Processes;

namespace MiniK8s.TestKit.Network;

/// <summary>
/// A named network namespace that a test made. It begins with a loopback device and no way out. Its name carries the id of
/// the test process; disposing kills what still runs inside and removes it.
/// </summary>
public sealed class NetworkNamespace : IDisposable
{
    private const string Folder = "/run/netns";
    private const string Prefix = "mk8s-";
    private static int _count;

    private NetworkNamespace(string name) => Name = name;

    /// <summary>The name that <c>ip netns</c> knows it by.</summary>
    public string Name { get; }

    /// <summary>The file that stands for the namespace.</summary>
    public string FullPath => Path.Combine(Folder, Name);

    /// <summary>Why this machine cannot make namespaces, or null when it can.</summary>
    public static string? SkipReason { get; } = Environment.IsPrivilegedProcess
        ? Tools.SkipReason("ip", "nsenter", "sysctl")
        : "network namespaces need root";

    /// <summary>Makes a namespace with its loopback device up and forwarding on, as a node has it.</summary>
    /// <param name="label">A short word that says what it is for, for example <c>node1</c>.</param>
    public static async Task<NetworkNamespace> CreateAsync(string label, CancellationToken cancellationToken = default)
    {
        StaleRemains.SweepOnce();
        var created = new NetworkNamespace($"{Prefix}{Environment.ProcessId}-{Interlocked.Increment(ref _count)}-{label}");
        await Command.RunAsync(["ip", "netns", "add", created.Name], cancellationToken: cancellationToken);
        try
        {
            await created.IpAsync("link set lo up", cancellationToken);

            // Set here, not left to the engine: one that turns forwarding on itself also drops what crosses the node.
            await created.RunAsync(["sysctl", "-q", "-w", "net.ipv4.ip_forward=1"], cancellationToken: cancellationToken);
        }
        catch
        {
            created.Dispose();
            throw;
        }

        return created;
    }

    /// <summary>The argument list that runs a program in here. The file system and cgroups stay the machine's.</summary>
    public IReadOnlyList<string> Enter(params IEnumerable<string> command) => ["nsenter", $"--net={FullPath}", "--", .. command];

    /// <summary>Runs a program in here that must succeed and returns its output.</summary>
    public Task<string> RunAsync(
        IReadOnlyList<string> command, string? input = null, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        Command.RunAsync(Enter(command), input, timeout: timeout, cancellationToken: cancellationToken);

    /// <summary>Runs a program in here and returns its answer whatever its exit code is.</summary>
    public Task<CommandResult> TryAsync(
        IReadOnlyList<string> command, string? input = null, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        Command.TryAsync(Enter(command), input, timeout: timeout, cancellationToken: cancellationToken);

    /// <summary>Hands lines to one <c>ip -batch</c> in here, for example <c>addr add 10.0.0.1/24 dev eth0</c>.</summary>
    public Task IpAsync(string lines, CancellationToken cancellationToken = default) =>
        Command.RunAsync(["ip", "-n", Name, "-batch", "-"], lines, cancellationToken: cancellationToken);

    /// <summary>A socket of this process whose packets travel in this namespace.</summary>
    public Socket CreateSocket(AddressFamily family, SocketType type, ProtocolType protocol) =>
        NamespaceSockets.Create(FullPath, family, type, protocol);

    /// <summary>What a function makes that runs on a thread in here: whatever sockets it opens are inside.</summary>
    public T Run<T>(Func<T> inside)
        where T : class => NamespaceSockets.Run(FullPath, inside);

    /// <summary>A raw IPv4 socket of this process in this namespace, for any protocol number.</summary>
    public Socket CreateRawSocket(int protocol) => NamespaceSockets.CreateRaw(FullPath, protocol);

    /// <summary>An HTTP client of this process whose connections begin in this namespace. Each request uses a new connection.</summary>
    /// <param name="handler">Given to set certificates; its way to connect is replaced.</param>
    public HttpClient CreateHttpClient(SocketsHttpHandler? handler = null) => NamespaceSockets.CreateHttpClient(this, handler);

    /// <summary>
    /// Puts the calling thread in here, for the rest of its life: sockets that it makes and programs that it starts are inside. It must
    /// be a thread that nobody else uses.
    /// </summary>
    public void EnterThread() => NamespaceSockets.Enter(FullPath);

    public void Dispose() => Remove(Name);

    /// <summary>Removes the namespaces of test processes that have ended.</summary>
    internal static void RemoveStale()
    {
        foreach (var path in Directory.Exists(Folder) ? Directory.GetFiles(Folder, Prefix + "*") : [])
        {
            var owner = Path.GetFileName(path)[Prefix.Length..].Split('-')[0];
            if (int.TryParse(owner, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && !ProcessTable.IsRunning(id))
            {
                Remove(Path.GetFileName(path));
            }
        }
    }

    private static void Remove(string name)
    {
        var inside = Command.TryAsync(["ip", "netns", "pids", name]).GetAwaiter().GetResult();
        ProcessTable.Kill(
            [.. inside.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture))]);
        _ = Command.TryAsync(["ip", "netns", "del", name]).GetAwaiter().GetResult();
    }
}
