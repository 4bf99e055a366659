using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MiniK8s.Benchmarks.Measuring;

namespace MiniK8s.Benchmarks.ServiceProxy;

/// <summary>
/// What a connection pays for going through a Service: connect() from one pod to the other through the Service that the proxy programmed
/// last, less connect() to the pod's own address, by turns. For all sizes by turns too.
/// </summary>
internal static class PacketRun
{
    private const int DefaultRounds = 20;
    private const int PerRound = 100;

    /// <summary>Runs and reports.</summary>
    public static async Task RunAsync(ProxyArguments arguments)
    {
        var sizes = arguments.Services.Count > 0 ? arguments.Services : arguments.Mode == "nftables" ? [1000, 50_000] : [1000, 5000];
        var paths = new List<PacketPath>();
        try
        {
            foreach (var size in sizes) paths.Add(await PacketPath.CreateAsync(arguments.Mode, size, arguments.Endpoints));
            for (var round = -2; round < (arguments.Rounds ?? DefaultRounds); round++)
            {
                foreach (var path in paths) await path.MeasureAsync(PerRound, isCounted: round >= 0);
            }

            Console.WriteLine($"{arguments.Mode}; microseconds of connect() between two pods of a node\n");
            Console.WriteLine("Services   through the last Service p50      p99   direct p50      p99   DIFFERENCE (median of rounds)");
            foreach (var path in paths)
            {
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{path.Services,8}   {path.Through.Median,28:0.0}   {path.Through.Percentile(99),6:0.0}   {path.Direct.Median,10:0.0}   {path.Direct.Percentile(99),6:0.0}   {path.Differences.Median,10:0.0}"));
            }
        }
        finally
        {
            foreach (var path in paths) await path.DisposeAsync();
        }
    }
}

/// <summary>Two pods behind a node with so many Services, the last of which leads to the second pod.</summary>
internal sealed class PacketPath : IAsyncDisposable
{
    private readonly PodPair pods;
    private readonly ProgrammedNode ours;
    private readonly NamespaceThread client;
    private readonly Acceptor server;

    private PacketPath(PodPair pods, ProgrammedNode ours, NamespaceThread client, int services)
    {
        (this.pods, this.ours, this.client, Services) = (pods, ours, client, services);
        server = new Acceptor(pods.Listen(WorldObjects.TargetPort));
    }

    /// <summary>How many there are.</summary>
    public int Services { get; }

    /// <summary>Microseconds through the Service.</summary>
    public Samples Through { get; } = new();

    /// <summary>Microseconds to the pod itself.</summary>
    public Samples Direct { get; } = new();

    /// <summary>The difference of the medians, round by round.</summary>
    public Samples Differences { get; } = new();

    /// <summary>Makes and programs it.</summary>
    public static async Task<PacketPath> CreateAsync(string mode, int services, int endpoints)
    {
        var pods = await PodPair.CreateAsync();
        try
        {
            var ours = await ProgrammedNode.CreateAsync(mode, pods.Node);
            var path = new PacketPath(pods, ours, await NamespaceThread.StartAsync(pods.Client), services);
            for (var number = 0; number < services; number++)
            {
                ours.Tell(WorldObjects.Service(number));
                ours.Tell(number == services - 1 ? WorldObjects.Slice(number, [PodPair.ServerAddress]) : WorldObjects.Slice(number, endpoints));
            }

            await ours.SyncAsync();
            return path;
        }
        catch
        {
            pods.Dispose();
            throw;
        }
    }

    /// <summary>So many connections of each kind, by turns.</summary>
    public Task<bool> MeasureAsync(int count, bool isCounted) => client.RunAsync(() =>
    {
        var service = new IPEndPoint(WorldObjects.ClusterIP(Services - 1), WorldObjects.Port);
        var pod = new IPEndPoint(PodPair.ServerAddress, WorldObjects.TargetPort);
        var (through, direct) = (new Samples(), new Samples());
        for (var i = 0; i < count; i++)
        {
            through.Add(Connect(service).TotalMicroseconds);
            direct.Add(Connect(pod).TotalMicroseconds);
        }

        if (!isCounted) return false;
        Through.Add(through);
        Direct.Add(direct);
        Differences.Add(through.Median - direct.Median);
        return true;
    });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        client.Dispose();
        await ours.DisposeAsync();
        pods.Dispose();
    }

    // A reset at the end leaves no port and no memory of the connection behind.
    private static TimeSpan Connect(IPEndPoint address)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { LingerState = new LingerOption(true, 0) };
        var began = Stopwatch.GetTimestamp();
        socket.Connect(address);
        return Stopwatch.GetElapsedTime(began);
    }
}
