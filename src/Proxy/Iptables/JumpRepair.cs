namespace MiniK8s.Proxy.Iptables;

/// <summary>Puts the jumps into our chains at the head of the built-in ones, and leaves them alone where they are right.</summary>
internal static class JumpRepair
{
    /// <summary>Writes what is needed; for a built-in chain whose jumps are complete and in order, nothing.</summary>
    public static void Write(RestoreScript script, KernelTables found, IReadOnlyList<Jump> jumps)
    {
        foreach (var (table, from) in Places(found, jumps))
        {
            var (present, wanted) = (Present(found, table, from), Wanted(jumps, table, from));
            if (present.SequenceEqual(wanted)) continue;
            var rules = script.Rules(table);
            foreach (var rule in present) rules.Line($"-D {from} {rule}");
            for (var i = 0; i < wanted.Count; i++) rules.Line($"-I {from} {i + 1} {wanted[i]}");
        }
    }

    /// <summary>Whether all jumps are there, each once and in order, and no others.</summary>
    public static bool IsComplete(KernelTables found, IReadOnlyList<Jump> jumps) =>
        Places(found, jumps).All(place => Present(found, place.Table, place.From).SequenceEqual(Wanted(jumps, place.Table, place.From)));

    /// <summary>Where there are jumps, or should be: another mode has some elsewhere.</summary>
    private static List<(Table Table, string From)> Places(KernelTables found, IReadOnlyList<Jump> jumps) =>
        [.. jumps.Select(jump => (jump.Table, jump.From)).Concat(found.Jumps.Select(jump => (jump.Table, jump.From))).Distinct()];

    private static List<string> Present(KernelTables found, Table table, string from) =>
        [.. found.Jumps.Where(jump => jump.Table == table && jump.From == from).Select(jump => jump.Rule)];

    private static List<string> Wanted(IReadOnlyList<Jump> jumps, Table table, string from) =>
        [.. jumps.Where(jump => jump.Table == table && jump.From == from).Select(jump => jump.Rule)];
}
