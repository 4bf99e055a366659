using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using MiniK8s.Api.Serialization;

namespace MiniK8s.Benchmarks.ServiceProxy;

/// <summary>
/// One Service whose endpoint is a real pod: whether a connection through it succeeds tells what the kernel knows. Knocks come from
/// the other pod, one right after the other.
/// </summary>
internal sealed class Beacon : IAsyncDisposable
{
    /// <summary>A packet that a change of rules overtakes may be refused once although its Service has an endpoint.</summary>
    private const int SureRefusals = 10;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private readonly ProxyNode node;
    private readonly Acceptor server;
    private readonly int number;
    private readonly IPEndPoint address;
    private readonly NamespaceThread client;

    private Beacon(ProxyNode node, int number, Acceptor server, NamespaceThread client) =>
        (this.node, this.number, this.server, this.client, address) = (node, number, server, client, new IPEndPoint(WorldObjects.ClusterIP(number), WorldObjects.Port));

    /// <summary>Creates the Service, with the pod behind it or without.</summary>
    /// <param name="node">Where.</param>
    /// <param name="number">The number of the Service, which no other has.</param>
    /// <param name="isLit">Whether it has its endpoint.</param>
    public static async Task<Beacon> CreateAsync(ProxyNode node, int number, bool isLit)
    {
        var client = await NamespaceThread.StartAsync(node.Pods.Client);
        var beacon = new Beacon(node, number, new Acceptor(node.Pods.Listen(WorldObjects.TargetPort)), client);
        try
        {
            await node.Api.CreateAsync(WorldObjects.ServicesPath, ApiSerializer.Serialize(WorldObjects.Service(number)));
            await node.Api.CreateAsync(WorldObjects.SlicesPath, beacon.Slice(isLit));
            return beacon;
        }
        catch
        {
            await beacon.DisposeAsync();
            throw;
        }
    }

    /// <summary>The slice's bytes, with the endpoint or without.</summary>
    public byte[] Slice(bool isLit) => ApiSerializer.Serialize(WorldObjects.Slice(number, isLit ? [PodPair.ServerAddress] : []));

    /// <summary>Gives the Service its endpoint, or takes it; returns with the API's acknowledgement.</summary>
    public Task SetAsync(byte[] slice) => Populace.ReplaceAsync(node, number, slice);

    /// <summary>Returns the moment at which a connection succeeded, or from which on they were refused.</summary>
    /// <param name="isLit">Which of the two is awaited.</param>
    /// <param name="proxy">Must go on running meanwhile.</param>
    /// <exception cref="TimeoutException">It does not come in ten minutes.</exception>
    public Task<long> UntilAsync(bool isLit, ProxyProcess proxy) => client.RunAsync(() =>
    {
        var began = Stopwatch.GetTimestamp();
        var (first, refusals) = (0L, 0);
        while (true)
        {
            var answer = Connect();
            var now = Stopwatch.GetTimestamp();
            if (answer == Answer.Refused && refusals++ == 0) first = now;
            if (answer == Answer.Connected) refusals = 0;
            if (isLit && answer == Answer.Connected) return now;
            if (!isLit && refusals == SureRefusals) return first;
            proxy.MustRun();
            if (Stopwatch.GetElapsedTime(began, now) > Limit) throw new TimeoutException($"{address} does not become {(isLit ? "reachable" : "unreachable")}");
        }
    });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        client.Dispose();
    }

    // Silence says nothing: where no rule is yet the packet finds nobody, and on a busy machine an answer can take longer than that.
    private Answer Connect()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { LingerState = new LingerOption(true, 0), Blocking = false };
        try
        {
            socket.Connect(address);
            return Answer.Connected;
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            if (socket.Poll(TimeSpan.FromMilliseconds(5), SelectMode.SelectWrite)) return Answer.Connected;
            return socket.Poll(TimeSpan.Zero, SelectMode.SelectError) ? Answer.Refused : Answer.None;
        }
        catch (SocketException error)
        {
            return error.SocketErrorCode == SocketError.ConnectionRefused ? Answer.Refused : Answer.None;
        }
    }

    private enum Answer
    {
        None,
        Connected,
        Refused,
    }
}
