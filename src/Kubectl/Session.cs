using System.Text.Json;
using System.Text.Json.Nodes;
using MiniK8s.Api.Declarations;
using MiniK8s.Client.Rest;
using MiniK8s.Kubectl.Discovery;

namespace MiniK8s.Kubectl;

/// <summary>One command's connection to a cluster.</summary>
/// <param name="Raw">The API as bytes.</param>
/// <param name="Catalog">What the server serves.</param>
/// <param name="Namespace">The namespace for names that have none.</param>
/// <param name="Server">The server's address.</param>
/// <param name="Terminal">Where answers go.</param>
/// <param name="Clock">Time, for ages.</param>
internal sealed record Session(RawApiClient Raw, ResourceCatalog Catalog, string Namespace, Uri Server, Terminal Terminal, TimeProvider Clock) : IDisposable
{
    /// <summary>Sends a request and reads the object that answers.</summary>
    /// <exception cref="Api.Errors.ApiException">The server refused.</exception>
    public async Task<JsonObject> SendAsync(HttpMethod method, string path, JsonNode? body, CancellationToken cancellationToken, string? mediaType = null, string? accept = null)
    {
        var bytes = body is null ? (ReadOnlyMemory<byte>?)null : JsonSerializer.SerializeToUtf8Bytes(body);
        var response = await Raw.SendAsync(method, path, bytes, mediaType, accept, cancellationToken);
        foreach (var warning in response.Warnings) await Terminal.Error.WriteLineAsync($"Warning: {warning}");
        response.EnsureSuccess();
        return JsonNode.Parse(response.Body.Span) as JsonObject ?? throw new CommandException($"{method} {path}: the server answered with no object");
    }

    /// <summary>Reads an object or a collection.</summary>
    public Task<JsonObject> GetAsync(string path, CancellationToken cancellationToken, string? accept = null) =>
        SendAsync(HttpMethod.Get, path, null, cancellationToken, accept: accept);

    /// <summary>Reads an object; null when it is not there.</summary>
    public async Task<JsonObject?> FindAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(path, cancellationToken);
        }
        catch (Api.Errors.ApiException error) when (error.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>The path of a kind's collection or object, in the session's namespace unless another is given.</summary>
    public string Path(KindInfo kind, string? name = null, string? @namespace = null, string? subresource = null) =>
        kind.Path(kind.Namespaced ? @namespace ?? Namespace : null, name is null ? null : Uri.EscapeDataString(name), subresource);

    /// <inheritdoc/>
    public void Dispose() => Raw.Dispose();
}
