using Google.Protobuf;

namespace MiniK8s.ApiServer.Storage.Etcd.Grpc;

/// <summary>An open duplex call over one HTTP/2 stream.</summary>
internal sealed class HttpGrpcDuplex<TResponse>(
    Uri endpoint,
    GrpcRequestStream requests,
    HttpRequestMessage request,
    HttpResponseMessage response,
    Stream responses) : IGrpcDuplex<TResponse>
    where TResponse : IMessage<TResponse>, new()
{
    public async Task WriteAsync(IMessage request, CancellationToken cancellationToken)
    {
        try
        {
            await requests.WriteAsync(request, cancellationToken);
        }
        catch (Exception e) when (GrpcResponse.FromTransport(endpoint, e) is { } failure)
        {
            throw failure;
        }
    }

    public async Task<TResponse> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var answer = new TResponse();
            if (await GrpcFrame.ReadAsync(responses, answer, cancellationToken))
            {
                return answer;
            }

            GrpcResponse.ThrowIfFailed(response.TrailingHeaders);
            throw new GrpcException(GrpcStatus.Unavailable, $"{endpoint} ended the stream");
        }
        catch (Exception e) when (GrpcResponse.FromTransport(endpoint, e) is { } failure)
        {
            throw failure;
        }
    }

    public async ValueTask DisposeAsync()
    {
        requests.Complete();
        await responses.DisposeAsync();
        response.Dispose();
        request.Dispose();
    }
}
