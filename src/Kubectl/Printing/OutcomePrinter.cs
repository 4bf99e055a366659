using System.Text.Json.Nodes;
using MiniK8s.Api.Declarations;

namespace MiniK8s.Kubectl.Printing;

/// <summary>Says what became of each object: as a line, or by showing the object.</summary>
internal sealed class OutcomePrinter(TextWriter output, OutputFormat format)
{
    private readonly List<(KindInfo Kind, JsonObject Value)> whole = [];

    /// <summary>One object's outcome, such as <c>service/web created</c>.</summary>
    public void Print(KindInfo kind, string outcome, JsonObject value)
    {
        var name = (string?)value["metadata"]?["name"] ?? "";
        if (format == OutputFormat.Table) output.WriteLine($"{Names.Of(kind, name)} {outcome}");
        else if (format == OutputFormat.Name) output.WriteLine(Names.Of(kind, name));
        else whole.Add((kind, value));
    }

    /// <summary>Ends the output: whole objects are shown together, one alone or several as a List.</summary>
    public void End()
    {
        if (whole.Count == 0) return;
        output.Write(whole is [var (kind, value)] ? ObjectPrinter.Text(value, kind, format) : ObjectPrinter.Text(whole.Select(one => one.Value), format));
    }
}
