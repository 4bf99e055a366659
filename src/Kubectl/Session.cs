using System.Text.Json;
using System.Text.Json.Nodes;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Errors;
using MiniK8s.Client.Rest;
using MiniK8s.Kubectl.Discovery;
using MiniK8s.Kubectl.Manifests;

namespace MiniK8s.Kubectl;

/// <summary>One command's connection to a cluster.</summary>
/// <param name="Raw">The API as bytes.</param>
/// <param name="Catalog">What the server serves.</param>
/// <param name="Place">Where the command works.</param>
/// <param name="Terminal">Where answers go.</param>
/// <param name="Clock">Time, for ages and pauses.</param>
internal sealed record Session(RawApiClient Raw, ResourceCatalog Catalog, Place Place, Terminal Terminal, TimeProvider Clock) : IDisposable
{
    /// <summary>The namespace for names that have none.</summary>
    public string Namespace => Place.Namespace;

    /// <summary>Sends a request and reads the object that answers.</summary>
    /// <exception cref="ApiException">The server refused.</exception>
    public async Task<JsonObject> SendAsync(HttpMethod method, string path, JsonNode? body, CancellationToken cancellationToken, string? mediaType = null, string? accept = null)
    {
        var bytes = body is null ? (ReadOnlyMemory<byte>?)null : JsonSerializer.SerializeToUtf8Bytes(body);
        var response = await Raw.SendAsync(method, path, bytes, mediaType, accept, cancellationToken);
        foreach (var warning in response.Warnings) await Terminal.Error.WriteLineAsync($"Warning: {warning}");
        response.EnsureSuccess();
        return JsonNode.Parse(response.Body.Span) as JsonObject ?? throw new CommandException($"{method} {path}: the server answered with no object");
    }

    /// <summary>Reads an object or a collection.</summary>
    /// <exception cref="ApiException">The server refused.</exception>
    public Task<JsonObject> GetAsync(string path, CancellationToken cancellationToken, string? accept = null) =>
        SendAsync(HttpMethod.Get, path, null, cancellationToken, accept: accept);

    /// <summary>Reads an object; null when it is not there.</summary>
    /// <exception cref="ApiException">The server refused for another reason.</exception>
    public async Task<JsonObject?> FindAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(path, cancellationToken);
        }
        catch (ApiException error) when (error.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>The path of one object, in the session's namespace unless another is given.</summary>
    /// <exception cref="CommandException">The name cannot be one.</exception>
    public string Path(KindInfo kind, string name, string? @namespace = null) =>
        kind.Path(kind.Namespaced ? Segment("namespace", @namespace ?? Namespace) : null, Segment("resource", name));

    /// <summary>The path of a collection, in the session's namespace unless another is given.</summary>
    /// <exception cref="CommandException">The namespace cannot be one.</exception>
    public string Collection(KindInfo kind, string? @namespace = null) =>
        kind.Path(kind.Namespaced ? Segment("namespace", @namespace ?? Namespace) : null);

    /// <summary>The namespace of an object that a file describes; null for kinds that are in none.</summary>
    /// <exception cref="CommandException">The file and the command line name different ones.</exception>
    public string? NamespaceOf(Manifest manifest, KindInfo kind)
    {
        if (!kind.Namespaced) return null;
        if (manifest.Namespace is { } own && Place.NamespaceGiven && own != Namespace)
        {
            throw new CommandException($"the namespace from the provided object \"{own}\" does not match the namespace \"{Namespace}\". You must pass '--namespace={own}' to perform this operation.");
        }

        return manifest.Namespace ?? Namespace;
    }

    /// <inheritdoc/>
    public void Dispose() => Raw.Dispose();

    // A name must stay one segment of the path, whatever the user or a file makes of it.
    private static string Segment(string what, string name) => name is "." or ".." || name.AsSpan().ContainsAny('/', '%')
        ? throw new CommandException($"invalid {what} name \"{name}\": it may not be '.' or '..', nor contain '/' or '%'")
        : Uri.EscapeDataString(name);
}

/// <summary>Where a command works.</summary>
/// <param name="Server">The server's address.</param>
/// <param name="Namespace">The namespace for names that have none.</param>
/// <param name="NamespaceGiven">Whether the command line named it.</param>
internal sealed record Place(Uri Server, string Namespace, bool NamespaceGiven);
