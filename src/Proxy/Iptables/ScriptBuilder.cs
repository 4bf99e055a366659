using MiniK8s.Proxy.Ipvs;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Iptables;

/// <summary>
/// Writes the script that brings the tables to a model: whole, or from the model before with only the chains that differ.
/// Pure and deterministic. Not for two threads at once: it works in buffers of its own.
/// </summary>
internal sealed class ScriptBuilder(IptablesSettings settings)
{
    private readonly PortRulesBuilder builder = new(settings);
    private readonly PortRules now = new();
    private readonly PortRules before = new();

    /// <summary>
    /// Everything, over whatever is there: chains of the same name are replaced, other chains of Services that an earlier run
    /// left are removed, jumps are put where they belong.
    /// </summary>
    public RestoreScript Full(ProxyModel model, KernelTables found)
    {
        var script = new RestoreScript(settings.ChainsPerRestore);
        var wanted = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (table, chain) in StaticRules.Chains.Where(known => known.Chain != ChainNames.MarkMasquerade)) script.Declare(table, chain);
        StaticRules.WriteMark(script, settings);
        StaticRules.Write(script, settings, found.DropsForwarded);
        var clusterIPs = new ClusterIPLines();
        foreach (var state in model.Services.Values)
        {
            builder.Build(state, model.Node, now);
            script.BeginPort();
            foreach (var chain in SharedChain.All.Where(chain => clusterIPs.IsDue(chain, state))) script.Rules(chain.Table).Lines(now.LinesOf(chain));
            for (var i = 0; i < now.ChainCount; i++)
            {
                wanted.Add(now.Chain(i).Name);
                WriteChain(script, now.Chain(i));
            }
        }
        StaticRules.WriteNodePortJump(script, settings, model.Node);
        foreach (var table in (Table[])[Table.Filter, Table.Nat]) script.RuleChange[(int)table] = script.RulesWritten(table);
        JumpRepair.Write(script, found, StaticRules.Jumps);
        foreach (var chain in found.ChainsOf(Table.Nat).Keys.Where(ChainNames.IsServiceChain))
        {
            if (!wanted.Contains(chain)) Retire(script, found, Table.Nat, chain);
        }
        foreach (var (table, chain) in IpvsRules.OwnChains)
        {
            if (found.ChainsOf(table).ContainsKey(chain)) Retire(script, found, table, chain);
        }
        return script;
    }

    /// <summary>Only what differs between the two models. Correct only on top of tables that hold the previous one.</summary>
    public RestoreScript Partial(ProxyChange change)
    {
        var script = new RestoreScript(settings.ChainsPerRestore);
        var dirty = new bool[SharedChain.All.Count];
        dirty[SharedChain.NatServices.Index] = change.Previous.Node.NodePortAddresses is var old
            && !Nullable.Equals(old, change.Current.Node.NodePortAddresses);
        // Zone and address of the node can matter to every Service.
        var touched = change.NodeChanged ? change.Previous.Services.Keys.Union(change.Current.Services.Keys) : change.Touched.Distinct();
        foreach (var name in touched) WriteDifference(script, change, name, dirty);
        foreach (var chain in SharedChain.All)
        {
            if (dirty[chain.Index]) script.Declare(chain.Table, chain.Name);
        }
        if (dirty.Contains(true)) WriteShared(script, change.Current, dirty);
        if (dirty[SharedChain.FilterClusterIPs.Index]) script.RuleChange[(int)Table.Filter] += ClusterIPLines.Count(change.Current) - ClusterIPLines.Count(change.Previous);
        script.RuleChange[(int)Table.Nat] += StaticRules.NodePortJumps(change.Current.Node) - StaticRules.NodePortJumps(change.Previous.Node);
        if (dirty[SharedChain.NatServices.Index]) StaticRules.WriteNodePortJump(script, settings, change.Current.Node);
        return script;
    }

    /// <summary>Removes all that is ours, and nothing else.</summary>
    public static RestoreScript Cleanup(KernelTables found)
    {
        var script = new RestoreScript();
        foreach (var (table, from, rule) in found.Jumps) script.Rules(table).Line($"-D {from} {rule}");
        for (var table = 0; table < Tables.Count; table++)
        {
            foreach (var chain in found.ChainsOf((Table)table).Keys) Retire(script, found, (Table)table, chain);
        }
        return script;
    }

    /// <summary>Removes a chain that nothing of ours leads to any more.</summary>
    internal static void Retire(RestoreScript script, KernelTables found, Table table, string chain)
    {
        // Emptied but kept where somebody else's rule points to it: removing it would fail, and with it the whole script.
        if (found.IsHeldByOthers(table, chain)) script.Declare(table, chain);
        else script.Remove(table, chain);
    }

    private void WriteDifference(RestoreScript script, ProxyChange change, ServicePortName name, bool[] dirty)
    {
        Build(change.Previous, name, before);
        Build(change.Current, name, now);
        foreach (var table in (Table[])[Table.Filter, Table.Nat]) script.RuleChange[(int)table] += now.RulesIn(table) - before.RulesIn(table);
        foreach (var chain in SharedChain.All)
        {
            dirty[chain.Index] |= !now.LinesOf(chain).SequenceEqual(before.LinesOf(chain));
        }
        script.BeginPort();
        var known = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        for (var i = 0; i < before.ChainCount; i++) known[before.Chain(i).Name] = before.Chain(i).Lines;
        for (var i = 0; i < now.ChainCount; i++)
        {
            var chain = now.Chain(i);
            if (!known.Remove(chain.Name, out var lines) || !lines.Span.SequenceEqual(chain.Lines.Span)) WriteChain(script, chain);
        }
        foreach (var gone in known.Keys) script.Remove(Table.Nat, gone);
    }

    private void Build(ProxyModel model, ServicePortName name, PortRules output)
    {
        if (model.Services.TryGetValue(name, out var state)) builder.Build(state, model.Node, output);
        else output.Clear();
    }

    private void WriteShared(RestoreScript script, ProxyModel model, bool[] dirty)
    {
        var clusterIPs = new ClusterIPLines();
        foreach (var state in model.Services.Values)
        {
            builder.BuildShared(state, model.Node, now);
            foreach (var chain in SharedChain.All)
            {
                if (dirty[chain.Index] && clusterIPs.IsDue(chain, state)) script.Rules(chain.Table).Lines(now.LinesOf(chain));
            }
        }
    }

    private static void WriteChain(RestoreScript script, (string Name, ReadOnlyMemory<byte> Lines) chain) =>
        script.Own(chain.Name).Lines(chain.Lines.Span);
}
