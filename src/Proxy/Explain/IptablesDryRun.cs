using MiniK8s.Proxy.Apply;
using MiniK8s.Proxy.Iptables;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Explain;

/// <summary>
/// Compares tables with what the script of a full sync would make of them. Rules are compared in one form, for the kernel gives
/// them back in other words than those in which they were written.
/// </summary>
/// <param name="settings">What shapes the rules.</param>
/// <param name="save">The output of iptables-save.</param>
internal sealed class IptablesDryRun(IptablesSettings settings, Func<CancellationToken, Task<byte[]>> save) : IDryRun
{
    /// <inheritdoc/>
    public async Task<RuleDifference> CompareAsync(ProxyModel model, CancellationToken cancellationToken)
    {
        var saved = await SaveAsync(cancellationToken);
        var found = ChainTexts.Parse(saved);
        var after = found.After(new ScriptBuilder(settings).Full(model, KernelTables.Parse(saved)).ToBytes().Span);
        var changes = found.Chains.Keys.Union(after.Chains.Keys)
            .OrderBy(key => key.Table).ThenBy(key => key.Chain, StringComparer.Ordinal)
            .Select(key => Difference(key, found.Chains.GetValueOrDefault(key), after.Chains.GetValueOrDefault(key)));
        return new RuleDifference([.. changes.OfType<PlaceChange>()]);
    }

    private static PlaceChange? Difference((Table Table, string Chain) key, List<string>? before, List<string>? after)
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

    private async Task<byte[]> SaveAsync(CancellationToken cancellationToken)
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
}
