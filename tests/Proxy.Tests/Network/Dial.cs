using System.Net;
using System.Net.Sockets;
using System.Text;
using MiniK8s.TestKit.Network;

namespace MiniK8s.Proxy.Tests.Network;

/// <summary>Asks a <see cref="NamingServer"/> from inside a namespace.</summary>
internal static class Dial
{
    public const string Refused = "refused";
    public const string Silence = "silence";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>One connection, one question: the answer, <see cref="Refused"/> or <see cref="Silence"/>.</summary>
    public static async Task<string> TcpAsync(NetworkNamespace from, string destination)
    {
        using var line = await Line.OpenAsync(from, destination);
        return line.Failure ?? await line.AskAsync();
    }

    /// <summary>One packet from a new port, one answer.</summary>
    public static async Task<string> UdpAsync(NetworkNamespace from, string destination)
    {
        using var socket = from.CreateSocket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        return await UdpAsync(socket, destination);
    }

    /// <summary>One packet from the socket's port, one answer.</summary>
    public static async Task<string> UdpAsync(Socket socket, string destination)
    {
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        var buffer = new byte[512];
        try
        {
            await socket.ConnectAsync(IPEndPoint.Parse(destination), limit.Token);
            await socket.SendAsync("?"u8.ToArray(), limit.Token);
            return Encoding.UTF8.GetString(buffer, 0, await socket.ReceiveAsync(buffer, limit.Token));
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionRefused)
        {
            return Refused;
        }
        catch (OperationCanceledException)
        {
            return Silence;
        }
    }

    /// <summary>A connection that stays open.</summary>
    internal sealed class Line : IDisposable
    {
        private readonly Socket socket;
        private StreamReader? reader;

        private Line(Socket socket) => this.socket = socket;

        /// <summary>Why it could not be opened; null when it is open.</summary>
        public string? Failure { get; private set; }

        public static async Task<Line> OpenAsync(NetworkNamespace from, string destination)
        {
            var line = new Line(from.CreateSocket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
            using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
            try
            {
                await line.socket.ConnectAsync(IPEndPoint.Parse(destination), limit.Token);
                line.reader = new StreamReader(new NetworkStream(line.socket));
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionRefused)
            {
                line.Failure = Refused;
            }
            catch (OperationCanceledException)
            {
                line.Failure = Silence;
            }
            return line;
        }

        public async Task<string> AskAsync()
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5), TimeProvider.System);
            await socket.SendAsync("?\n"u8.ToArray(), limit.Token);
            return await reader!.ReadLineAsync(limit.Token) ?? "closed";
        }

        public void Dispose()
        {
            reader?.Dispose();
            socket.Dispose();
        }
    }
}
