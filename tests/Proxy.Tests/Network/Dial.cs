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

    /// <summary>How long an answer may take: long, because the machine may be busy and nobody waits for what comes.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>How long nothing must come before it counts as <see cref="Silence"/> where silence is right.</summary>
    public static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(300);

    /// <summary>One connection, one question: the answer, <see cref="Refused"/> or <see cref="Silence"/>.</summary>
    public static async Task<string> TcpAsync(NetworkNamespace from, string destination, TimeSpan? patience = null, string? source = null)
    {
        using var line = await Line.OpenAsync(from, destination, patience, source);
        return line.Failure ?? await line.AskAsync();
    }

    /// <summary>One packet from a new port, one answer.</summary>
    public static async Task<string> UdpAsync(NetworkNamespace from, string destination, TimeSpan? patience = null)
    {
        using var socket = from.CreateSocket(IPEndPoint.Parse(destination).AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        return await AskAsync(socket, destination, "?"u8.ToArray(), patience);
    }

    /// <summary>One packet from the socket's port, one answer.</summary>
    public static Task<string> UdpAsync(Socket socket, string destination, TimeSpan? patience = null) =>
        AskAsync(socket, destination, "?"u8.ToArray(), patience);

    /// <summary>Sends one packet and gives the text of the next that comes.</summary>
    public static async Task<string> AskAsync(Socket socket, string destination, ReadOnlyMemory<byte> question, TimeSpan? patience)
    {
        using var limit = new CancellationTokenSource(patience ?? Patience, TimeProvider.System);
        var buffer = new byte[512];
        try
        {
            await socket.ConnectAsync(IPEndPoint.Parse(destination), limit.Token);
            await socket.SendAsync(question, limit.Token);
            return Encoding.UTF8.GetString(buffer, 0, await socket.ReceiveAsync(buffer, limit.Token));
        }
        catch (SocketException e)
        {
            return NameOf(e);
        }
        catch (OperationCanceledException)
        {
            return Silence;
        }
    }

    /// <summary>Who is refused by the very node that he sends from may be told so by the call that sends.</summary>
    private static string NameOf(SocketException e) => e.SocketErrorCode is SocketError.ConnectionRefused or SocketError.AccessDenied ? Refused : $"{e.SocketErrorCode}";

    /// <summary>A connection that stays open.</summary>
    internal sealed class Line : IDisposable
    {
        private readonly Socket socket;
        private StreamReader? reader;

        private Line(Socket socket) => this.socket = socket;

        /// <summary>Why it could not be opened; null when it is open.</summary>
        public string? Failure { get; private set; }

        /// <param name="from">Where it begins.</param>
        /// <param name="destination">Address and port.</param>
        /// <param name="patience">How long it may take.</param>
        /// <param name="source">One of the namespace's addresses; the kernel's choice when null.</param>
        public static async Task<Line> OpenAsync(NetworkNamespace from, string destination, TimeSpan? patience = null, string? source = null)
        {
            var goal = IPEndPoint.Parse(destination);
            var line = new Line(from.CreateSocket(goal.AddressFamily, SocketType.Stream, ProtocolType.Tcp));
            using var limit = new CancellationTokenSource(patience ?? Patience, TimeProvider.System);
            try
            {
                if (source is not null) line.socket.Bind(new IPEndPoint(IPAddress.Parse(source), 0));
                await line.socket.ConnectAsync(goal, limit.Token);
                line.reader = new StreamReader(new NetworkStream(line.socket));
            }
            catch (SocketException e)
            {
                line.Failure = NameOf(e);
            }
            catch (OperationCanceledException)
            {
                line.Failure = Silence;
            }
            return line;
        }

        /// <summary>One question, one answer. A connection that was cut, or an answer that does not come, is an exception.</summary>
        public async Task<string> AskAsync()
        {
            using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
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
