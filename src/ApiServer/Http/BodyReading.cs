using System.Buffers;
using MiniK8s.Api.Errors;

namespace MiniK8s.ApiServer.Http;

/// <summary>Reads bodies, within their limit.</summary>
internal static class BodyReading
{
    /// <summary>The largest body: 3 MiB, as in Kubernetes.</summary>
    public const int MostBytes = 3 * 1024 * 1024;

    /// <summary>The whole body; empty where there is none.</summary>
    /// <exception cref="ApiException">413: it is too large. 415: it is compressed.</exception>
    public static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var encoding = context.Request.Headers.ContentEncoding.ToString();
        if (encoding is not ("" or "identity"))
            throw ApiErrors.UnsupportedMediaType($"Content-Encoding {encoding}", "uncompressed bodies");
        if (context.Request.ContentLength > MostBytes) throw TooLarge();
        var reader = context.Request.BodyReader;
        while (true)
        {
            var result = await reader.ReadAsync(cancellationToken);
            if (result.Buffer.Length > MostBytes)
            {
                // What has come is let go, or the server would wait for it to be read and take no more.
                reader.AdvanceTo(result.Buffer.End);
                throw TooLarge();
            }

            if (result.IsCompleted)
            {
                var body = result.Buffer.ToArray();
                reader.AdvanceTo(result.Buffer.End);
                return body;
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    private static ApiException TooLarge() => ApiErrors.RequestEntityTooLarge($"limit is {MostBytes}");
}
