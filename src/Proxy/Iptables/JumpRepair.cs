namespace MiniK8s.Proxy.Iptables;

/// <summary>Puts the jumps into our chains at the head of the built-in ones, and leaves them alone where they are right.</summary>
internal static class JumpRepair
{
    /// <summary>Writes what is needed; for a built-in chain whose jumps are complete and in order, nothing.</summary>
    public static void Write(RestoreScript script, KernelTables found)
    {
        foreach (var group in StaticRules.Jumps.GroupBy(jump => (jump.Table, jump.From)))
        {
            var (table, from) = group.Key;
            var present = found.Jumps.Where(jump => jump.Table == table && jump.From == from).Select(jump => jump.Rule).ToList();
            var wanted = group.Select(jump => jump.Rule).ToList();
            if (present.SequenceEqual(wanted)) continue;
            var rules = script.Rules(table);
            foreach (var rule in present) rules.Line($"-D {from} {rule}");
            for (var i = 0; i < wanted.Count; i++) rules.Line($"-I {from} {i + 1} {wanted[i]}");
        }
    }

    /// <summary>Whether all jumps are there, each once and in order.</summary>
    public static bool IsComplete(KernelTables found) => StaticRules.Jumps.GroupBy(jump => (jump.Table, jump.From)).All(group =>
        found.Jumps.Where(jump => jump.Table == group.Key.Table && jump.From == group.Key.From).Select(jump => jump.Rule)
            .SequenceEqual(group.Select(jump => jump.Rule)));
}
