using MiniK8s.Api.Declarations;
using MiniK8s.Kubectl.Discovery;

namespace MiniK8s.Kubectl.Requests;

/// <summary>What the words of a command line point at: kinds, and perhaps names.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Name">One object; null for all of the kind.</param>
internal sealed record Target(KindInfo Kind, string? Name)
{
    /// <summary>Reads <c>TYPE</c>, <c>TYPE,TYPE</c>, <c>TYPE NAME…</c>, <c>TYPE/NAME…</c> and categories.</summary>
    /// <exception cref="CommandException">The words fit none of these forms, or the server has no such type.</exception>
    public static async Task<IReadOnlyList<Target>> ReadAsync(IReadOnlyList<string> words, ResourceCatalog catalog, CancellationToken cancellationToken)
    {
        if (words.Count == 0) throw new CommandException("You must specify the type of resource, such as pods or services; api-resources lists what the server has");
        if (words.Any(word => word.Contains('/', StringComparison.Ordinal))) return await PairsAsync(words, catalog, cancellationToken);
        var kinds = new List<KindInfo>();
        foreach (var type in words[0].Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var category = await catalog.CategoryAsync(type, cancellationToken);
            if (category.Count > 0) kinds.AddRange(category);
            else kinds.Add(await catalog.ResolveAsync(type, cancellationToken));
        }

        var distinct = kinds.Distinct().ToList();
        return words.Count == 1
            ? [.. distinct.Select(kind => new Target(kind, null))]
            : [.. distinct.SelectMany(kind => words.Skip(1).Distinct().Select(name => new Target(kind, name)))];
    }

    /// <summary>Refuses what cannot be asked together.</summary>
    /// <exception cref="CommandException">Names stand beside a selector or beside all namespaces.</exception>
    public static void RequireSense(IReadOnlyList<Target> targets, string query, bool allNamespaces)
    {
        if (targets.All(target => target.Name is null)) return;
        if (query.Length > 0) throw new CommandException("name cannot be provided when a selector is specified");
        if (allNamespaces) throw new CommandException("a resource cannot be retrieved by name across all namespaces");
    }

    private static async Task<IReadOnlyList<Target>> PairsAsync(IReadOnlyList<string> words, ResourceCatalog catalog, CancellationToken cancellationToken)
    {
        var targets = new List<Target>();
        foreach (var word in words.Distinct())
        {
            if (word.Split('/') is not [{ Length: > 0 } type, { Length: > 0 } name])
            {
                throw new CommandException($"\"{word}\" is not of the form TYPE/NAME, which all arguments must have when one has it");
            }

            targets.Add(new Target(await catalog.ResolveAsync(type, cancellationToken), name));
        }

        return targets;
    }
}
