using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MiniK8s.Proxy.Tests.Network;

/// <summary>
/// Answers with its name and the address that it saw the question come from, <c>web1 10.244.1.9</c>: once for each line over TCP,
/// once for each packet over UDP, in both families. Where it was reached by a further address of its pod, that is its name.
/// </summary>
internal sealed class NamingServer : IDisposable
{
    private readonly List<Socket> sockets = [];
    private readonly Pod pod;
    private readonly string name;

    private NamingServer(Pod pod, string name) => (this.pod, this.name) = (pod, name);

    /// <summary>Listens in a pod on a port, under the pod's name or another.</summary>
    public static NamingServer Start(Pod pod, int port, string? name = null)
    {
        var server = new NamingServer(pod, name ?? pod.Name);
        foreach (var any in (IPAddress[])[IPAddress.Any, IPAddress.IPv6Any])
        {
            var tcp = server.Open(SocketType.Stream, new IPEndPoint(any, port));
            tcp.Listen(512);
            _ = server.AcceptAsync(tcp);
            _ = server.AnswerAsync(server.Open(SocketType.Dgram, new IPEndPoint(any, port)), any);
        }
        return server;
    }

    public void Dispose() => sockets.ForEach(socket => socket.Dispose());

    private Socket Open(SocketType type, IPEndPoint address)
    {
        var socket = pod.Socket(type, address.AddressFamily);
        sockets.Add(socket);
        if (address.AddressFamily == AddressFamily.InterNetworkV6) socket.DualMode = false;
        if (type == SocketType.Stream) socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.Bind(address);
        return socket;
    }

    private async Task AcceptAsync(Socket tcp)
    {
        while (true)
        {
            try
            {
                _ = ServeAsync(await tcp.AcceptAsync());
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket client)
    {
        try
        {
            using var stream = new NetworkStream(client, ownsSocket: true);
            using var reader = new StreamReader(stream);
            var own = $"{((IPEndPoint)client.LocalEndPoint!).Address}";
            var shown = own == $"{pod.Address}" || own == pod.Address6 ? name : own;
            var answer = Encoding.UTF8.GetBytes($"{shown} {((IPEndPoint)client.RemoteEndPoint!).Address}\n");
            while (await reader.ReadLineAsync() is not null) await stream.WriteAsync(answer);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // The client went without a word.
        }
    }

    private async Task AnswerAsync(Socket udp, IPAddress any)
    {
        var buffer = new byte[512];
        while (true)
        {
            try
            {
                var received = await udp.ReceiveFromAsync(buffer, new IPEndPoint(any, 0));
                await udp.SendToAsync(Encoding.UTF8.GetBytes($"{name} {((IPEndPoint)received.RemoteEndPoint).Address}"), received.RemoteEndPoint);
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (SocketException e)
            {
                // An earlier client is gone: its refusal comes back here. A closed socket ends the server.
                if (e.SocketErrorCode is SocketError.OperationAborted or SocketError.Interrupted or SocketError.NotSocket) return;
            }
        }
    }
}
