using System.Net;
using System.Net.Sockets;
using MiniK8s.TestKit.Network;

namespace MiniK8s.Kubelet.Tests.Live;

/// <summary>A port on a namespace's loopback behind which the test process's own loopback port answers.</summary>
internal sealed class LoopbackRelay : IAsyncDisposable
{
    private readonly Socket listener;
    private readonly int target;
    private readonly CancellationTokenSource stop = new();
    private readonly Task accepting;

    private LoopbackRelay(Socket listener, int target)
    {
        (this.listener, this.target) = (listener, target);
        accepting = AcceptAsync();
    }

    /// <summary>The port inside the namespace.</summary>
    public int Port => ((IPEndPoint)listener.LocalEndPoint!).Port;

    public static LoopbackRelay Start(NetworkNamespace inside, int port, int target)
    {
        var listener = inside.CreateSocket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        listener.Listen();
        return new LoopbackRelay(listener, target);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await accepting;
        listener.Dispose();
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true) connections.Add(ServeAsync(await listener.AcceptAsync(stop.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using (client)
        {
            try
            {
                await server.ConnectAsync(new IPEndPoint(IPAddress.Loopback, target), stop.Token);
                await using var inner = new NetworkStream(client);
                await using var outer = new NetworkStream(server);
                await Task.WhenAll(CopyAsync(inner, outer, server), CopyAsync(outer, inner, client));
            }
            catch (Exception error) when (error is IOException or SocketException or OperationCanceledException)
            {
                // Either end has gone, and with it the connection.
            }
        }
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to, Socket end)
    {
        await from.CopyToAsync(to, stop.Token);
        end.Shutdown(SocketShutdown.Send);
    }
}
