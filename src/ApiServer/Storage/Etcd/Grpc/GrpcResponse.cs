using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace MiniK8s.ApiServer.Storage.Etcd.Grpc;

/// <summary>Reads how a call ended out of HTTP's answer, its headers and its trailers.</summary>
internal static class GrpcResponse
{
    /// <summary>Throws unless the call can go on: a server may answer with a status at once, or not be a gRPC server at all.</summary>
    internal static void ThrowIfFailed(HttpResponseMessage response)
    {
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new GrpcException(GrpcStatus.Unavailable, $"{response.RequestMessage?.RequestUri} answered HTTP {(int)response.StatusCode}");
        }

        ThrowIfFailed(response.Headers);
    }

    /// <summary>Throws the status that these headers or trailers hold, unless it is success or absent.</summary>
    internal static void ThrowIfFailed(HttpResponseHeaders headers)
    {
        if (headers.TryGetValues("grpc-status", out var values)
            && int.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            && status != 0)
        {
            var message = headers.TryGetValues("grpc-message", out var texts) ? Uri.UnescapeDataString(texts.First()) : "no message";
            throw new GrpcException((GrpcStatus)status, message);
        }
    }

    /// <summary>What a failure of the connection is in terms of gRPC; null for exceptions of other kinds.</summary>
    internal static GrpcException? FromTransport(Uri endpoint, Exception failure) => failure switch
    {
        HttpRequestException e => new GrpcException(GrpcStatus.Unavailable, $"{endpoint}: {e.InnerException?.Message ?? e.Message}", e)
        {
            NeverSent = e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError,
        },
        IOException e => new GrpcException(GrpcStatus.Unavailable, $"{endpoint}: {e.Message}", e),
        ObjectDisposedException e => new GrpcException(GrpcStatus.Unavailable, $"{endpoint}: the channel is closed", e) { NeverSent = true },
        _ => null,
    };
}
