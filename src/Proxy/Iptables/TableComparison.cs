namespace MiniK8s.Proxy.Iptables;

/// <summary>Whether the kernel still holds what was written. Text cannot be compared, for it comes back in other words; chains and counts can.</summary>
internal static class TableComparison
{
    /// <summary>What differs, in words for the log; null when nothing does.</summary>
    public static string? FirstDifference(KernelTables expected, KernelTables found, IReadOnlyList<Jump> jumps)
    {
        if (!JumpRepair.IsComplete(found, jumps)) return "a rule that leads from a built-in chain into ours is missing, doubled or displaced";
        for (var table = 0; table < Tables.Count; table++)
        {
            if (FirstDifference((Table)table, expected, found) is { } difference) return difference;
        }
        return null;
    }

    private static string? FirstDifference(Table table, KernelTables expected, KernelTables found)
    {
        foreach (var (chain, rules) in expected.ChainsOf(table))
        {
            if (!found.ChainsOf(table).TryGetValue(chain, out var present)) return $"{Tables.NameOf(table)} lacks the chain {chain}";
            if (present != rules) return $"{Tables.NameOf(table)} {chain} has {present} rules in place of {rules}";
        }
        var strange = found.ChainsOf(table).Keys.FirstOrDefault(chain => !expected.ChainsOf(table).ContainsKey(chain));
        return strange is null ? null : $"{Tables.NameOf(table)} has the chain {strange}, which no Service needs";
    }
}
