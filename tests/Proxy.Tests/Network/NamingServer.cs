using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MiniK8s.Proxy.Tests.Network;

/// <summary>
/// Answers with its name and the address that it saw the question come from, <c>web1 10.244.1.9</c>: once for each line over TCP,
/// once for each packet over UDP.
/// </summary>
internal sealed class NamingServer : IDisposable
{
    private readonly Socket tcp;
    private readonly Socket udp;
    private readonly string name;

    private NamingServer(string name, Socket tcp, Socket udp) => (this.name, this.tcp, this.udp) = (name, tcp, udp);

    /// <summary>Listens in a pod on a port.</summary>
    public static NamingServer Start(Pod pod, int port)
    {
        var server = new NamingServer(pod.Name, pod.Socket(SocketType.Stream), pod.Socket(SocketType.Dgram));
        server.tcp.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        server.tcp.Bind(new IPEndPoint(IPAddress.Any, port));
        server.tcp.Listen(512);
        server.udp.Bind(new IPEndPoint(IPAddress.Any, port));
        _ = server.AcceptAsync();
        _ = server.AnswerAsync();
        return server;
    }

    public void Dispose()
    {
        tcp.Dispose();
        udp.Dispose();
    }

    private async Task AcceptAsync()
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
            var answer = Encoding.UTF8.GetBytes($"{name} {((IPEndPoint)client.RemoteEndPoint!).Address}\n");
            while (await reader.ReadLineAsync() is not null) await stream.WriteAsync(answer);
        }
        catch (IOException)
        {
            // The client went without a word.
        }
    }

    private async Task AnswerAsync()
    {
        var buffer = new byte[512];
        while (true)
        {
            try
            {
                var received = await udp.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0));
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
