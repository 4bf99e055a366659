namespace MiniK8s.Proxy.Nftables;

/// <summary>
/// A table's content in a form that can be compared without keeping it: of each set the number of its elements and the sum of
/// their hashes, of each chain the number of its rules and expressions. What the kernel itself writes, affinity, is left out.
/// </summary>
internal sealed class TableContent : INftVisitor
{
    private readonly SortedDictionary<string, (int Count, ulong Sum)> sets = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (int Rules, int Expressions)> chains = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public void Chain(string name) => chains.TryAdd(name, default);

    /// <inheritdoc/>
    public void Rule(string chain, int expressions)
    {
        var (rules, sum) = chains.GetValueOrDefault(chain);
        chains[chain] = (rules + 1, sum + expressions);
    }

    /// <inheritdoc/>
    public void Element(string set, NftElement element)
    {
        if (element.Expiration > 0) return;
        var (count, sum) = sets.GetValueOrDefault(set);
        var hash = new HashCode();
        hash.AddBytes(element.Key);
        hash.AddBytes(element.Data);
        hash.AddBytes(element.Chain);
        sets[set] = (count + 1, sum + (uint)hash.ToHashCode());
    }

    /// <summary>What differs, in words for the log; null when nothing does.</summary>
    /// <param name="found">What the kernel has.</param>
    public string? FirstDifference(TableContent found)
    {
        foreach (var (chain, wanted) in chains)
        {
            if (!found.chains.TryGetValue(chain, out var present)) return $"the chain {chain} is missing";
            if (present != wanted) return $"the chain {chain} has {present.Rules} rules of {present.Expressions} expressions in place of {wanted.Rules} of {wanted.Expressions}";
        }
        if (found.chains.Keys.FirstOrDefault(chain => !chains.ContainsKey(chain)) is { } strange) return $"there is a chain {strange}, which no Service needs";
        foreach (var set in sets.Keys.Union(found.sets.Keys))
        {
            var (wanted, present) = (sets.GetValueOrDefault(set), found.sets.GetValueOrDefault(set));
            if (wanted.Count != present.Count) return $"{set} has {present.Count} elements in place of {wanted.Count}";
            if (wanted.Sum != present.Sum) return $"{set} has other elements than it should";
        }
        return null;
    }
}
