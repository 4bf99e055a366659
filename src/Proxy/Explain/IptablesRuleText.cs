using System.Text;
using MiniK8s.Proxy.Iptables;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Explain;

/// <summary>The rules of a Service port as iptables takes them: its lines in the shared chains, then its own chains.</summary>
internal sealed class IptablesRuleText(IptablesSettings settings) : IRuleText
{
    /// <summary>A packet meets the nat table first, then the filter table.</summary>
    private static readonly SharedChain[] Order =
        [SharedChain.NatServices, SharedChain.NatNodePorts, SharedChain.FilterFirewall, SharedChain.FilterServices, SharedChain.FilterExternalServices, SharedChain.FilterNodePorts];

    private readonly PortRulesBuilder builder = new(settings);

    /// <inheritdoc/>
    public IReadOnlyList<RuleBlock> RulesOf(ProxyModel model, ServicePortName name)
    {
        if (!model.Services.TryGetValue(name, out var state)) return [];
        var rules = new PortRules();
        builder.Build(state, model.Node, rules);
        var blocks = new List<RuleBlock>();
        foreach (var chain in Order.Where(chain => chain.Table == Table.Nat)) Add(chain, rules, blocks);
        for (var i = 0; i < rules.ChainCount; i++) blocks.Add(new RuleBlock($"nat {rules.Chain(i).Name}", Lines(rules.Chain(i).Lines.Span)));
        foreach (var chain in Order.Where(chain => chain.Table == Table.Filter)) Add(chain, rules, blocks);
        return blocks;
    }

    private static void Add(SharedChain chain, PortRules rules, List<RuleBlock> blocks)
    {
        var lines = Lines(rules.LinesOf(chain));
        if (lines.Length > 0) blocks.Add(new RuleBlock($"{Tables.NameOf(chain.Table)} {chain.Name}", lines));
    }

    private static string[] Lines(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
