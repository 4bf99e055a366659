using System.Net.Sockets;

namespace MiniK8s.Benchmarks.ServiceProxy;

/// <summary>Takes every connection and closes it: those that nobody takes fill the listener's queue, also when their clients are gone.</summary>
internal sealed class Acceptor : IAsyncDisposable
{
    private readonly Socket listener;
    private readonly Task accepting;

    /// <param name="listener">The listener, which this owns from now on.</param>
    public Acceptor(Socket listener)
    {
        this.listener = listener;
        accepting = Task.Run(AcceptAsync);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        listener.Dispose();
        await accepting;
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                (await listener.AcceptAsync()).Dispose();
            }
            catch (Exception end) when (end is SocketException { SocketErrorCode: SocketError.OperationAborted } or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // Reset before it was taken.
            }
        }
    }
}
