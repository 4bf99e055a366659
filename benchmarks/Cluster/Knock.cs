using System.Net;
using System.Net.Sockets;
using MiniK8s.TestKit.Network;

namespace MiniK8s.Benchmarks.Cluster;

/// <summary>
/// Asks an address for a page again and again. Each attempt is a connection of its own and is given up soon: the kernel would repeat
/// a first packet only after a second.
/// </summary>
internal sealed class Knock(NetworkNamespace from)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(3);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Returns with the first byte of the first answer.</summary>
    /// <exception cref="TimeoutException">Nobody answers within twenty seconds.</exception>
    public async Task UntilAnsweredAsync(string address)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await TryAsync(new IPEndPoint(IPAddress.Parse(address), 80)))
        {
            if (TimeProvider.System.GetElapsedTime(began) > Limit) throw new TimeoutException($"nobody answers at {address}:80");
        }
    }

    private async Task<bool> TryAsync(IPEndPoint address)
    {
        using var socket = from.CreateSocket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await socket.ConnectAsync(address, patience.Token);
            await socket.SendAsync("GET / HTTP/1.0\r\n\r\n"u8.ToArray());
            using var limit = new CancellationTokenSource(AnswerLimit);
            return await socket.ReceiveAsync(new byte[1], limit.Token) == 1;
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException)
        {
            return false;
        }
    }
}
