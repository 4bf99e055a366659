using System.Net;
using Google.Protobuf;

namespace MiniK8s.ApiServer.Storage.Etcd.Grpc;

/// <summary>The request body of a duplex call: it stays open, and messages are written to it as they come.</summary>
internal sealed class GrpcRequestStream(IMessage first) : HttpContent
{
    private readonly TaskCompletionSource<Stream> _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _writing = new(1, 1);

    /// <summary>Sends a message. The caller gives up waiting by cancelling; what has begun to be written is written whole.</summary>
    internal async Task WriteAsync(IMessage message, CancellationToken cancellationToken)
    {
        var stream = await _open.Task.WaitAsync(cancellationToken);
        await _writing.WaitAsync(cancellationToken);
        try
        {
            await stream.WriteAsync(GrpcFrame.Encode(message), CancellationToken.None);
            await stream.FlushAsync(CancellationToken.None);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Ends the body.</summary>
    internal void Complete()
    {
        _complete.TrySetResult();
        _open.TrySetException(new IOException("the stream is closed"));
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(GrpcFrame.Encode(first));
        await stream.FlushAsync();
        _open.TrySetResult(stream);
        await _complete.Task;
    }

    protected override bool TryComputeLength(out long length)
    {
        length = -1;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            // Nobody may ask for the outcome of _open any more; an exception that nobody sees is fine here.
            Complete();
            _ = _open.Task.Exception;
        }

        base.Dispose(disposing);
    }
}
