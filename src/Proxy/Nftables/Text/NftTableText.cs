using System.Globalization;
using System.Text;
using MiniK8s.Proxy.Model;
using Wire = MiniK8s.Proxy.Nftables.NftWire;

namespace MiniK8s.Proxy.Nftables.Text;

/// <summary>Writes a table as <c>nft list table</c> does, but for the order of elements, which with us is that of their texts.</summary>
internal static class NftTableText
{
    /// <param name="transaction">One that makes the table, whole.</param>
    /// <param name="family">The table's family.</param>
    public static string Of(NftTransaction transaction, IpFamily family)
    {
        var listing = NftListing.Of(transaction);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"table {(family == IpFamily.V4 ? "ip" : "ip6")} {NftTransaction.TableName} {{\n");
        text.Append(CultureInfo.InvariantCulture, $"\tcomment \"{NftTransaction.TableComment}\"\n");
        foreach (var set in listing.Sets) Write(text, set);
        foreach (var chain in listing.Chains)
        {
            text.Append(CultureInfo.InvariantCulture, $"\tchain {chain.Declaration.Name} {{\n");
            if (chain.Declaration.Base is { } hook) text.Append(CultureInfo.InvariantCulture, $"\t\t{Of(hook)}\n");
            foreach (var rule in chain.Rules) text.Append(CultureInfo.InvariantCulture, $"\t\t{NftRuleLine.Of(rule, family, listing.SetOf)}\n");
            text.Append("\t}\n\n");
        }
        // Between blocks, not behind the last.
        text.Length--;
        return text.Append("}\n").ToString();
    }

    private static void Write(StringBuilder text, NftListedSet set)
    {
        var declaration = set.Declaration;
        text.Append(CultureInfo.InvariantCulture, $"\t{(declaration.IsMap ? "map" : "set")} {declaration.Name} {{\n\t\ttype {NftValueText.NamesOf(declaration.KeyTypes)}");
        if (declaration.IsMap) text.Append(CultureInfo.InvariantCulture, $" : {NftValueText.NamesOf(declaration.DataTypes)}");
        text.Append('\n');
        if (declaration.Size > 0) text.Append(CultureInfo.InvariantCulture, $"\t\tsize {declaration.Size}\n");
        if ((declaration.Flags & Wire.Set.DynamicFlag) != 0) text.Append("\t\tflags dynamic,timeout\n");
        if (declaration.Timeout > 0) text.Append(CultureInfo.InvariantCulture, $"\t\ttimeout {NftValueText.Duration(declaration.Timeout)}\n");
        text.Append(CultureInfo.InvariantCulture, $"\t\tcomment \"{declaration.Comment}\"\n");
        if (set.Elements.Count > 0)
        {
            var elements = set.Elements.Select(element => NftValueText.Of(element, declaration)).Order(StringComparer.Ordinal);
            text.Append(CultureInfo.InvariantCulture, $"\t\telements = {{ {string.Join(",\n\t\t\t     ", elements)} }}\n");
        }
        text.Append("\t}\n\n");
    }

    /// <summary>nft names some priorities, and counts from them where it is not far.</summary>
    private static string Of(NftBaseChain hook)
    {
        var priority = (hook.Hook, hook.Priority) switch
        {
            (NftHook.Prerouting, -100) => "dstnat",
            (NftHook.Prerouting, >= -110 and < -100) => $"dstnat - {-100 - hook.Priority}",
            (NftHook.Postrouting, 100) => "srcnat",
            _ => hook.Priority.ToString(CultureInfo.InvariantCulture),
        };
        return $"type {hook.Type} hook {hook.Hook.ToString().ToLowerInvariant()} priority {priority}; policy accept;";
    }
}
