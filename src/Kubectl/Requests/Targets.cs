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
        if (words.Count == 0) throw new CommandException("name a type, such as pods or services; api-resources lists what the server has");
        if (words.Any(word => word.Contains('/', StringComparison.Ordinal))) return await PairsAsync(words, catalog, cancellationToken);
        var kinds = new List<KindInfo>();
        foreach (var type in words[0].Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var category = await catalog.CategoryAsync(type, cancellationToken);
            if (category.Count > 0) kinds.AddRange(category);
            else kinds.Add(await catalog.ResolveAsync(type, cancellationToken));
        }

        return words.Count == 1
            ? [.. kinds.Select(kind => new Target(kind, null))]
            : [.. kinds.SelectMany(kind => words.Skip(1).Select(name => new Target(kind, name)))];
    }

    private static async Task<IReadOnlyList<Target>> PairsAsync(IReadOnlyList<string> words, ResourceCatalog catalog, CancellationToken cancellationToken)
    {
        var targets = new List<Target>();
        foreach (var word in words)
        {
            if (word.Split('/') is not [{ Length: > 0 } type, { Length: > 0 } name])
            {
                throw new CommandException($"'{word}': when one argument is TYPE/NAME all must be");
            }

            targets.Add(new Target(await catalog.ResolveAsync(type, cancellationToken), name));
        }

        return targets;
    }
}
