using MiniK8s.Proxy.Apply;
using MiniK8s.Proxy.Iptables;

namespace MiniK8s.Proxy.Explain;

/// <summary>
/// What a restore script would make of the tables' chains. Rules are compared in one form, for the kernel gives them back in other
/// words than those in which they were written.
/// </summary>
internal static class ChainDifference
{
    /// <summary>Reads the tables.</summary>
    /// <param name="save">Runs iptables-save.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="DryRunException">They cannot be read.</exception>
    public static async Task<byte[]> SavedAsync(Func<CancellationToken, Task<byte[]>> save, CancellationToken cancellationToken)
    {
        try
        {
            return await save(cancellationToken);
        }
        catch (ToolException e)
        {
            throw new DryRunException($"the kernel's rules cannot be read (that takes root): {e.Message}", e);
        }
    }

    /// <summary>The chains that would come, go or differ, in the order of tables and names.</summary>
    /// <param name="saved">The output of iptables-save.</param>
    /// <param name="script">The script.</param>
    public static IEnumerable<PlaceChange> Of(ReadOnlySpan<byte> saved, ReadOnlySpan<byte> script)
    {
        var found = ChainTexts.Parse(saved);
        var after = found.After(script);
        return found.Chains.Keys.Union(after.Chains.Keys)
            .OrderBy(key => key.Table).ThenBy(key => key.Chain, StringComparer.Ordinal)
            .Select(key => Between(key, found.Chains.GetValueOrDefault(key), after.Chains.GetValueOrDefault(key)))
            .OfType<PlaceChange>();
    }

    private static PlaceChange? Between((Table Table, string Chain) key, List<string>? before, List<string>? after)
    {
        var place = $"{Tables.NameOf(key.Table)} {key.Chain}";
        if (before is null) return new PlaceChange(place, PlaceChangeKind.Add, [], after!);
        if (after is null) return new PlaceChange(place, PlaceChangeKind.Remove, before, []);
        if (before.SequenceEqual(after)) return null;
        var (was, becomes) = (before.ConvertAll(RuleWords.Canonical), after.ConvertAll(RuleWords.Canonical));
        return was.SequenceEqual(becomes) ? null : new PlaceChange(place, PlaceChangeKind.Rewrite, Without(before, was, becomes), Without(after, becomes, was));
    }

    /// <summary>The lines whose form is not among the others, each of which counts once.</summary>
    private static List<string> Without(List<string> lines, List<string> forms, List<string> others)
    {
        var left = others.CountBy(form => form).ToDictionary(StringComparer.Ordinal);
        var only = new List<string>();
        for (var i = 0; i < lines.Count; i++)
        {
            if (left.TryGetValue(forms[i], out var count) && count > 0) left[forms[i]] = count - 1;
            else only.Add(lines[i]);
        }
        return only;
    }
}
