using System.Text.Json.Nodes;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Errors;
using MiniK8s.Client.Rest;
using MiniK8s.Kubectl.Manifests;

namespace MiniK8s.Kubectl.Discovery;

/// <summary>What the server serves, asked once per command: kinds by any name that people use for them.</summary>
internal sealed class ResourceCatalog(RawApiClient raw)
{
    private IReadOnlyList<ServedResource>? known;

    /// <summary>All resources, core group first, subresources left out; a group that does not answer is left out too.</summary>
    /// <exception cref="ApiException">The server refused to say.</exception>
    public async Task<IReadOnlyList<ServedResource>> AllAsync(CancellationToken cancellationToken)
    {
        if (known is not null) return known;
        var core = GetAsync("/api/v1", cancellationToken);
        var groups = await GetAsync("/apis", cancellationToken);
        var versions = Items(groups, "groups").Select(group => (string?)group["preferredVersion"]?["groupVersion"]).OfType<string>();
        var others = await Task.WhenAll(versions.Select(version => FindAsync($"/apis/{version}", cancellationToken)));
        return known = [.. others.OfType<JsonObject>().Prepend(await core).SelectMany(Read)];
    }

    /// <summary>The kind that a name on the command line means: plural, singular, short name, kind, or <c>plural.group</c>.</summary>
    /// <exception cref="CommandException">The server serves nothing of that name.</exception>
    public async Task<KindInfo> ResolveAsync(string name, CancellationToken cancellationToken)
    {
        var all = await AllAsync(cancellationToken);
        return all.FirstOrDefault(resource => resource.IsCalled(name))?.Kind
            ?? throw new CommandException($"the server doesn't have a resource type \"{name}\"; api-resources lists what it has");
    }

    /// <summary>The kinds of a category such as <c>all</c>; empty when there is no such category.</summary>
    public async Task<IReadOnlyList<KindInfo>> CategoryAsync(string name, CancellationToken cancellationToken) =>
        [.. (await AllAsync(cancellationToken)).Where(resource => resource.Kind.Categories.Contains(name)).Select(resource => resource.Kind)];

    /// <summary>The kind that a manifest names.</summary>
    /// <exception cref="CommandException">The server does not serve it.</exception>
    public async Task<KindInfo> OfManifestAsync(Manifest manifest, CancellationToken cancellationToken)
    {
        var all = await AllAsync(cancellationToken);
        return all.FirstOrDefault(resource => resource.Kind.GroupVersion == manifest.ApiVersion && resource.Kind.Kind == manifest.Kind)?.Kind
            ?? throw new CommandException($"no matches for kind \"{manifest.Kind}\" in version \"{manifest.ApiVersion}\"; api-resources lists what the server has");
    }

    private static IEnumerable<JsonObject> Items(JsonObject owner, string field) => (owner[field] as JsonArray ?? []).OfType<JsonObject>();

    private static IEnumerable<ServedResource> Read(JsonObject list)
    {
        var groupVersion = ((string?)list["groupVersion"] ?? "v1").Split('/');
        var (group, version) = groupVersion is [var g, var v] ? (g, v) : ("", groupVersion[0]);
        foreach (var resource in Items(list, "resources"))
        {
            var plural = (string?)resource["name"] ?? "";
            if (plural.Contains('/', StringComparison.Ordinal)) continue;
            var kind = (string?)resource["kind"] ?? "";
            var singular = (string?)resource["singularName"] is { Length: > 0 } given ? given : kind.ToLowerInvariant();
            var info = new KindInfo(group, version, kind, plural, singular, (bool?)resource["namespaced"] == true)
            {
                ShortNames = Texts(resource, "shortNames"),
                Categories = Texts(resource, "categories"),
            };
            yield return new ServedResource(info, Texts(resource, "verbs"));
        }
    }

    private static IReadOnlyList<string> Texts(JsonObject owner, string field) => [.. (owner[field] as JsonArray ?? []).Select(item => (string?)item ?? "")];

    private async Task<JsonObject?> FindAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(path, cancellationToken);
        }
        catch (ApiException)
        {
            return null;
        }
    }

    private async Task<JsonObject> GetAsync(string path, CancellationToken cancellationToken) =>
        JsonNode.Parse((await raw.SendAsync(HttpMethod.Get, path, cancellationToken: cancellationToken)).EnsureSuccess().Body.Span) as JsonObject
            ?? throw new CommandException($"{path}: the server answered with no object");
}
