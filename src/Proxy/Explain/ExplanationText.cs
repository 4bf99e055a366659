using System.Text;

namespace MiniK8s.Proxy.Explain;

/// <summary>Writes an explanation for people: what happens first, then why, then the rules that do it.</summary>
internal static class ExplanationText
{
    /// <summary>So many endpoints are named where it is said where a packet goes; more are only counted there.</summary>
    private const int MostNamed = 4;

    public static string Write(Explanation explanation)
    {
        var text = new StringBuilder().Append("Service ").Append(explanation.Service).Append(" on node ").Append(explanation.Node).Append('\n');
        foreach (var note in explanation.Notes) text.Append("  ").Append(note).Append('\n');
        foreach (var family in explanation.Families)
        {
            text.Append('\n').Append(family.Family).Append('\n');
            if (family.NotProgrammed is { } reason) text.Append("  no rules: ").Append(reason).Append('\n');
            foreach (var port in family.Ports) Write(text, port);
            foreach (var part in family.LeftOut) text.Append("  ").Append(part).Append('\n');
        }
        return text.ToString();
    }

    private static void Write(StringBuilder text, PortExplanation port)
    {
        text.Append("  Port ").Append(port.Name.Length == 0 ? "" : port.Name + ", ").Append(port.Port).Append('/').Append(port.Protocol).Append('\n');
        foreach (var way in port.Ways) Write(text, way);
        if (port.Notes.Count > 0) text.Append("    Good to know\n");
        foreach (var note in port.Notes) text.Append("      ").Append(note).Append('\n');
        WriteEndpoints(text, port.Endpoints);
        if (port.Rules.Count > 0) text.Append("    Rules\n");
        foreach (var block in port.Rules)
        {
            text.Append("      ").Append(block.Place).Append('\n');
            foreach (var line in block.Lines) text.Append("        ").Append(line).Append('\n');
        }
    }

    private static void Write(StringBuilder text, WayExplanation way)
    {
        text.Append("    To the ").Append(way.Kind).Append(' ').Append(way.Target).Append('\n');
        foreach (var fate in way.Fates)
        {
            text.Append("      from ").AppendJoin(", from ", fate.From.Select(Name)).Append(": ");
            if (fate.OnlyIf is { } condition) text.Append("dropped, unless ").Append(condition).Append("; then ");
            text.Append(What(fate)).Append('\n');
            if (SourceText(fate) is { } source) text.Append("        ").Append(source).Append('\n');
        }
    }

    private static string Name(PacketOrigin origin) => origin switch
    {
        PacketOrigin.Pod => "a pod",
        PacketOrigin.Node => "the node itself",
        _ => "outside",
    };

    private static string What(Fate fate)
    {
        var why = fate.Why is null ? "" : $" ({fate.Why})";
        return fate.Verdict switch
        {
            Verdict.Refused => $"refused at once{why}",
            Verdict.Dropped => $"dropped in silence{why}",
            Verdict.Untouched => $"left alone{why}",
            _ => $"forwarded to {Where(fate)}{why}",
        };
    }

    private static string Where(Fate fate) => fate.Endpoints switch
    {
        [var only] => fate.OnlyThisNode ? $"{only}, the only endpoint on this node" : $"{only}, the only endpoint",
        { Count: <= MostNamed } some => $"{string.Join(", ", some.SkipLast(1))} or {some[^1]}, {Share(fate)}",
        var many => $"one of {many.Count} endpoints{(fate.OnlyThisNode ? " on this node" : "")}, {Share(fate)}",
    };

    private static string Share(Fate fate) => fate.InTurn ? "each in its turn" : $"each with a chance of 1 in {fate.Endpoints.Count}";

    private static string? SourceText(Fate fate) => fate.Source switch
    {
        SourceAddress.Kept => $"its source address stays: {fate.SourceWhy}",
        SourceAddress.Replaced => $"its source address becomes the node's: {fate.SourceWhy}",
        SourceAddress.Unknown => $"whether its source address stays cannot be told: {fate.SourceWhy}",
        _ => null,
    };

    private static void WriteEndpoints(StringBuilder text, IReadOnlyList<EndpointExplanation> endpoints)
    {
        text.Append("    Endpoints: ").Append(endpoints.Count == 0 ? "none" : $"{endpoints.Count(endpoint => endpoint.IsUsed)} of {endpoints.Count} used").Append('\n');
        var widths = (Address: Width(endpoint => endpoint.Address), Pod: Width(endpoint => endpoint.Pod), Node: Width(NodeOf));
        foreach (var endpoint in endpoints)
        {
            text.Append("      ").Append(endpoint.Address.PadRight(widths.Address));
            if (widths.Pod > 0) text.Append("  ").Append(endpoint.Pod.PadRight(widths.Pod));
            if (widths.Node > 0) text.Append("  ").Append(NodeOf(endpoint).PadRight(widths.Node));
            text.Append("  ").Append(endpoint.Verdict).Append('\n');
        }

        static string NodeOf(EndpointExplanation endpoint) => endpoint.IsLocal ? $"{endpoint.Node} (this node)" : endpoint.Node;

        int Width(Func<EndpointExplanation, string> field) => endpoints.Count == 0 ? 0 : endpoints.Max(endpoint => field(endpoint).Length);
    }
}
