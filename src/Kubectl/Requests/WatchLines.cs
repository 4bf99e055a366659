using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using MiniK8s.Api.Errors;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Api.Serialization;

namespace MiniK8s.Kubectl.Requests;

/// <summary>The changes that a watch tells of.</summary>
internal static class WatchLines
{
    /// <summary>The changes after a version, until the server ends the watch.</summary>
    /// <param name="session">Where to.</param>
    /// <param name="collection">Path and query of the collection, with its question mark.</param>
    /// <param name="version">The resourceVersion after which to begin.</param>
    /// <param name="accept">What the objects may come as; JSON when null.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    /// <exception cref="ApiException">The server refused, or ended the watch with an error.</exception>
    public static async IAsyncEnumerable<(string Type, JsonObject Value)> ReadAsync(
        Session session, string collection, string version, string? accept, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var separator = collection.EndsWith('?') ? "" : "&";
        var path = $"{collection}{separator}watch=true&resourceVersion={Uri.EscapeDataString(version)}";
        await using var stream = await session.Raw.OpenAsync(HttpMethod.Get, path, accept: accept, cancellationToken: cancellationToken);
        using var lines = new StreamReader(stream.Body);
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Length == 0 || JsonNode.Parse(line) is not JsonObject change || change["object"] is not JsonObject value) continue;
            var type = (string?)change["type"] ?? "";
            if (type == WatchEventTypes.Error) throw new ApiException(ApiSerializer.Deserialize<Status>(System.Text.Encoding.UTF8.GetBytes(value.ToJsonString())));
            if (type != WatchEventTypes.Bookmark) yield return (type, value);
        }
    }
}
