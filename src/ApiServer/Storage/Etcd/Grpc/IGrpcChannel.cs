using Google.Protobuf;

namespace MiniK8s.ApiServer.Storage.Etcd.Grpc;

/// <summary>The two call shapes of gRPC that etcd's API needs, to one server. Failures are <see cref="GrpcException"/>.</summary>
internal interface IGrpcChannel : IDisposable
{
    /// <summary>The server, for messages.</summary>
    Uri Endpoint { get; }

    /// <summary>One request, one response.</summary>
    /// <param name="method">The path: <c>/package.Service/Method</c>.</param>
    /// <param name="request">The request.</param>
    /// <param name="timeout">After this the call fails with <see cref="GrpcStatus.DeadlineExceeded"/>; the server is told as well.</param>
    /// <param name="cancellationToken">Ends the call without a status.</param>
    Task<TResponse> UnaryAsync<TResponse>(string method, IMessage request, TimeSpan timeout, CancellationToken cancellationToken)
        where TResponse : IMessage<TResponse>, new();

    /// <summary>Opens a stream of requests and responses. It lives until it is disposed of, or the server ends it.</summary>
    Task<IGrpcDuplex<TResponse>> DuplexAsync<TResponse>(string method, IMessage first, CancellationToken cancellationToken)
        where TResponse : IMessage<TResponse>, new();
}

/// <summary>An open stream. One reader and any number of writers may use it at a time.</summary>
internal interface IGrpcDuplex<TResponse> : IAsyncDisposable
{
    /// <summary>Sends a further request.</summary>
    Task WriteAsync(IMessage request, CancellationToken cancellationToken);

    /// <summary>The next response; a stream that the server ends fails with the server's status, or with Unavailable.</summary>
    Task<TResponse> ReadAsync(CancellationToken cancellationToken);
}
