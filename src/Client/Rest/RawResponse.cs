using System.Net;
using MiniK8s.Api.Errors;

namespace MiniK8s.Client.Rest;

/// <summary>An answer as it came over the wire, whatever its code.</summary>
/// <param name="Code">The HTTP code.</param>
/// <param name="Headers">All headers, those of the content too; names without regard to case, several values joined as they came.</param>
/// <param name="Body">The whole body.</param>
public sealed record RawResponse(HttpStatusCode Code, IReadOnlyDictionary<string, IReadOnlyList<string>> Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>Whether the code is 2xx.</summary>
    public bool IsSuccess => (int)Code is >= 200 and < 300;

    /// <summary>The media type of the body without parameters; empty when the server named none.</summary>
    public string MediaType => Headers.TryGetValue("Content-Type", out var values) && values.Count > 0 ? values[0].Split(';')[0].Trim() : "";

    /// <summary>The texts of the <c>Warning</c> headers (RFC 7234, code 299, as Kubernetes sends them), unquoted.</summary>
    public IReadOnlyList<string> Warnings => Headers.TryGetValue("Warning", out var values) ? [.. values.Select(WarningText.Unquote)] : [];

    /// <summary>Throws the refusal that the body describes, unless the code is 2xx.</summary>
    /// <exception cref="ApiException">The server refused.</exception>
    public RawResponse EnsureSuccess() => IsSuccess ? this : throw new ApiException(Refusal.Read((int)Code, Headers, Body.Span));
}

/// <summary>An answer whose body is still coming. Dispose it to end the request.</summary>
public sealed class RawStream : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;

    internal RawStream(HttpResponseMessage response, Stream body)
    {
        _response = response;
        Body = body;
    }

    /// <summary>The HTTP code; always 2xx.</summary>
    public HttpStatusCode Code => _response.StatusCode;

    /// <summary>All headers.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Headers => ResponseHeaders.Of(_response);

    /// <summary>The body, as it arrives.</summary>
    public Stream Body { get; }

    /// <summary>Ends the request.</summary>
    public async ValueTask DisposeAsync()
    {
        await Body.DisposeAsync();
        _response.Dispose();
    }
}
