namespace MiniK8s.Api.Schemas;

/// <summary>Kinds under all the names by which they are asked for. Immutable: a table with more kinds is a new one.</summary>
public sealed class KindTable
{
    private readonly Dictionary<(string Group, string Version, string Kind), ApiKind> byKind;
    private readonly Dictionary<(string Group, string Version, string Plural), ApiKind> byResource;
    private readonly Dictionary<string, ApiKind> byName = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A table of kinds. Where two kinds share a name that says no group, the earlier one has it.</summary>
    /// <exception cref="ArgumentException">Two kinds have the same group, version and kind, or the same path.</exception>
    public KindTable(IEnumerable<ApiKind> kinds)
    {
        All = [.. kinds];
        byKind = All.ToDictionary(kind => (kind.Info.Group, kind.Info.Version, kind.Info.Kind));
        byResource = All.ToDictionary(kind => (kind.Info.Group, kind.Info.Version, kind.Info.Plural));
        foreach (var kind in All) AddNames(kind, [kind.Info.Plural]);
        foreach (var kind in All) AddNames(kind, [kind.Info.Singular, kind.Info.Kind]);
        foreach (var kind in All) AddNames(kind, kind.Info.ShortNames);
    }

    /// <summary>All kinds, in the order in which they were given.</summary>
    public IReadOnlyList<ApiKind> All { get; }

    /// <summary>The kind of that exact name, or null.</summary>
    public ApiKind? ByKind(string group, string version, string kind) => byKind.GetValueOrDefault((group, version, kind));

    /// <summary>The kind of an object that says <c>apiVersion</c> and <c>kind</c>, or null.</summary>
    public ApiKind? ByApiVersion(string apiVersion, string kind)
    {
        var slash = apiVersion.IndexOf('/');
        return slash < 0 ? ByKind("", apiVersion, kind) : ByKind(apiVersion[..slash], apiVersion[(slash + 1)..], kind);
    }

    /// <summary>The kind that is served under that path, or null.</summary>
    public ApiKind? ByResource(string group, string version, string plural) => byResource.GetValueOrDefault((group, version, plural));

    /// <summary>
    /// The kind that a command line means: plural, singular, short name or kind, alone or followed by <c>.group</c> or
    /// <c>.version.group</c>, in any case; null if there is none.
    /// </summary>
    public ApiKind? Resolve(string name) => byName.GetValueOrDefault(name.TrimEnd('.'));

    /// <summary>The kinds of a category such as <c>all</c>.</summary>
    public IReadOnlyList<ApiKind> InCategory(string category) => [.. All.Where(kind => kind.Info.Categories.Contains(category))];

    private void AddNames(ApiKind kind, IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            byName.TryAdd(name, kind);
            byName.TryAdd($"{name}.{kind.Info.Version}", kind);
            if (kind.Info.Group.Length == 0) continue;
            byName.TryAdd($"{name}.{kind.Info.Group}", kind);
            byName.TryAdd($"{name}.{kind.Info.Version}.{kind.Info.Group}", kind);
        }
    }
}
