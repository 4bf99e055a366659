using System.Text;

namespace MiniK8s.Proxy.Health;

/// <summary>An answer to a GET.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="ContentType">The type of the body.</param>
/// <param name="Body">The body.</param>
internal sealed record HttpAnswer(int Status, string ContentType, ReadOnlyMemory<byte> Body)
{
    /// <summary>Further headers.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public static HttpAnswer NotFound { get; } = Text(404, "404 page not found\n");

    public static HttpAnswer Text(int status, string text) => new(status, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(text));

    public static HttpAnswer Json(int status, byte[] json) => new(status, "application/json", json);
}
