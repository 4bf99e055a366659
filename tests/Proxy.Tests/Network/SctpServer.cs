using System.Net;
using System.Net.Sockets;
using MiniK8s.TestKit.Network;

namespace MiniK8s.Proxy.Tests.Network;

/// <summary>
/// A <see cref="NamingServer"/> for SCTP, on raw sockets: it answers who asks for an association by its name and the address that
/// it saw, and has none.
/// </summary>
internal sealed class SctpServer : IDisposable
{
    public const int Port = ProxyNetwork.ServerPort;
    private const int FirstClientPort = 20000;
    private static int clients;
    private readonly Socket socket;
    private readonly string name;

    private SctpServer(Socket socket, string name) => (this.socket, this.name) = (socket, name);

    public static SctpServer Start(Pod pod)
    {
        var server = new SctpServer(Raw(pod.Namespace), pod.Name);
        server.socket.Bind(new IPEndPoint(IPAddress.Any, 0));
        _ = server.AnswerAsync();
        return server;
    }

    /// <summary>One question from a new port: the answer, <see cref="Dial.Refused"/> or <see cref="Dial.Silence"/>.</summary>
    public static async Task<string> AskAsync(NetworkNamespace from, string destination, TimeSpan? patience = null)
    {
        var goal = IPEndPoint.Parse(destination);
        var port = FirstClientPort + (Interlocked.Increment(ref clients) % 10000);
        using var socket = Raw(from);
        using var limit = new CancellationTokenSource(patience ?? Dial.Patience, TimeProvider.System);
        var buffer = new byte[512];
        try
        {
            await socket.ConnectAsync(goal, limit.Token);
            await socket.SendAsync(SctpPacket.Ask(port, goal.Port, tag: (uint)port), limit.Token);
            while (true)
            {
                var length = await socket.ReceiveAsync(buffer, limit.Token);
                if (SctpPacket.TextOf(SctpPacket.Unwrap(buffer.AsSpan(0, length)), port) is { } text) return text;
            }
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionRefused)
        {
            return Dial.Refused;
        }
        catch (OperationCanceledException)
        {
            return Dial.Silence;
        }
    }

    public void Dispose() => socket.Dispose();

    private static Socket Raw(NetworkNamespace inside) => inside.CreateRawSocket(SctpPacket.Protocol);

    private async Task AnswerAsync()
    {
        var buffer = new byte[512];
        while (true)
        {
            try
            {
                var received = await socket.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0));
                var client = ((IPEndPoint)received.RemoteEndPoint).Address;
                var question = SctpPacket.Unwrap(buffer.AsSpan(0, received.ReceivedBytes));
                if (SctpPacket.Answer(question, Port, $"{name} {client}") is { } answer) await socket.SendToAsync(answer, received.RemoteEndPoint);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
