using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;

namespace MiniK8s.ApiServer.Storage.Etcd.Grpc;

/// <summary>gRPC over <see cref="HttpClient"/>; see docs/decisions/0001-grpc-over-httpclient.md.</summary>
internal sealed class HttpGrpcChannel(Uri endpoint, HttpMessageHandler handler, TimeProvider clock) : IGrpcChannel
{
    private readonly HttpMessageInvoker _http = new(handler);

    public Uri Endpoint => endpoint;

    public async Task<TResponse> UnaryAsync<TResponse>(string method, IMessage request, TimeSpan timeout, CancellationToken cancellationToken)
        where TResponse : IMessage<TResponse>, new()
    {
        using var deadline = new CancellationTokenSource(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            using var message = Request(method, new ByteArrayContent(GrpcFrame.Encode(request)));
            message.Headers.Add("grpc-timeout", string.Create(CultureInfo.InvariantCulture, $"{(long)timeout.TotalMilliseconds}m"));
            using var response = await _http.SendAsync(message, either.Token);
            GrpcResponse.ThrowIfFailed(response);
            return await ReadOnlyAsync<TResponse>(response, either.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new GrpcException(GrpcStatus.DeadlineExceeded, $"{endpoint} did not answer within {timeout.TotalSeconds:0.#} s", e);
        }
        catch (Exception e) when (GrpcResponse.FromTransport(endpoint, e) is { } failure)
        {
            throw failure;
        }
    }

    public async Task<IGrpcDuplex<TResponse>> DuplexAsync<TResponse>(string method, IMessage first, CancellationToken cancellationToken)
        where TResponse : IMessage<TResponse>, new()
    {
        var requests = new GrpcRequestStream(first);
        var message = Request(method, requests);
        try
        {
            var response = await _http.SendAsync(message, cancellationToken);
            try
            {
                GrpcResponse.ThrowIfFailed(response);
                var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
                return new HttpGrpcDuplex<TResponse>(endpoint, requests, message, response, stream);
            }
            catch
            {
                response.Dispose();
                throw;
            }
        }
        catch (Exception e)
        {
            requests.Complete();
            message.Dispose();
            throw GrpcResponse.FromTransport(endpoint, e) ?? e;
        }
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Request(string method, HttpContent content)
    {
        content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        var message = new HttpRequestMessage(HttpMethod.Post, new Uri(endpoint, method))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        message.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));

        // etcd's own convention: a member without a leader refuses instead of serving what may be stale.
        message.Headers.Add("hasleader", "true");
        return message;
    }

    // The trailers, and with them the status, are known only when the body has been read to its end.
    private static async Task<TResponse> ReadOnlyAsync<TResponse>(HttpResponseMessage response, CancellationToken cancellationToken)
        where TResponse : IMessage<TResponse>, new()
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var answer = new TResponse();
        var found = await GrpcFrame.ReadAsync(stream, answer, cancellationToken);
        var rest = await stream.ReadAsync(new byte[1], cancellationToken);
        GrpcResponse.ThrowIfFailed(response.TrailingHeaders);
        return found && rest == 0 ? answer : throw new GrpcException(GrpcStatus.Internal, "the server did not send exactly one message");
    }
}
