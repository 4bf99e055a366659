using System.Net.Sockets;

namespace MiniK8s.Kubelet.Docker;

/// <summary>A connection that carries a process's bytes in both directions.</summary>
internal sealed class HijackedConnection(HttpClient client, HttpResponseMessage response, Stream stream, Socket socket) : IAsyncDisposable
{
    internal Stream Stream { get; } = stream;

    /// <summary>Closes the way to the engine and leaves the way back open.</summary>
    internal void CloseInput() => socket.Shutdown(SocketShutdown.Send);

    public async ValueTask DisposeAsync()
    {
        await Stream.DisposeAsync();
        response.Dispose();
        client.Dispose();
    }
}
