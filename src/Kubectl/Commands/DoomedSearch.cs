using MiniK8s.Api.Declarations;
using MiniK8s.Kubectl.Manifests;
using MiniK8s.Kubectl.Requests;

namespace MiniK8s.Kubectl.Commands;

/// <summary>One object to delete.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Name">Its name.</param>
/// <param name="Namespace">Its namespace; null for the session's.</param>
/// <param name="Source">The file that named it; null where the command line did.</param>
internal sealed record Doomed(KindInfo Kind, string Name, string? Namespace, string? Source = null);

/// <summary>Finds the objects that are to be deleted.</summary>
internal sealed class DoomedSearch(Session session)
{
    /// <summary>The objects that manifests name.</summary>
    /// <exception cref="CommandException">The server has no such kind.</exception>
    public async Task<IReadOnlyList<Doomed>> OfManifestsAsync(IReadOnlyList<Manifest> manifests, CancellationToken cancellationToken)
    {
        var found = new List<Doomed>();
        foreach (var manifest in manifests)
        {
            var kind = await session.Catalog.OfManifestAsync(manifest, cancellationToken);
            if (manifest.Name.Length == 0) throw new CommandException($"{manifest.Source}: {manifest.Kind}: metadata.name not set");
            found.Add(new Doomed(kind, manifest.Name, session.NamespaceOf(manifest, kind), manifest.Source));
        }

        return found;
    }

    /// <summary>The objects that the words of the command line name or select.</summary>
    /// <exception cref="CommandException">Neither a name nor a selector nor <c>--all</c> says which.</exception>
    public async Task<IReadOnlyList<Doomed>> OfWordsAsync(IReadOnlyList<string> words, string query, DeleteScope scope, CancellationToken cancellationToken)
    {
        var targets = await Target.ReadAsync(words, session.Catalog, cancellationToken);
        if (scope.All && query.Length > 0) throw new CommandException("cannot set --all and a selector at the same time");
        Target.RequireSense(targets, scope.All ? "--all" : query, scope.AllNamespaces);
        var found = new List<Doomed>();
        foreach (var target in targets)
        {
            if (target.Name is { } given)
            {
                found.Add(new Doomed(target.Kind, given, null));
                continue;
            }

            if (query.Length == 0 && !scope.All) throw new CommandException("resource(s) were provided, but no name was specified; give names, -l SELECTOR or --all");
            var path = scope.AllNamespaces ? target.Kind.Path() : session.Collection(target.Kind);
            var list = await session.GetAsync(query.Length == 0 ? path : $"{path}?{query}", cancellationToken);
            found.AddRange(ListItems.Of(list, target.Kind).Select(item => new Doomed(target.Kind, (string?)item["metadata"]?["name"] ?? "", (string?)item["metadata"]?["namespace"])));
        }

        return found;
    }
}
