using System.Text.Json.Nodes;

namespace MiniK8s.Kubectl.Printing;

/// <summary>Prints the Tables that the server makes of objects (meta.k8s.io/v1).</summary>
internal sealed class TablePrinter(TextWriter output, TableStyle style)
{
    /// <summary>The media type that asks for a Table, and takes plain objects from a server that has none.</summary>
    public const string Accept = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";

    private readonly ColumnText text = new(output);
    private IReadOnlyList<Column> columns = [];
    private bool headed = style.NoHeaders;

    /// <summary>Prints the rows of Tables with common widths, under one heading that comes with the first row.</summary>
    public void Print(params IReadOnlyList<JsonObject> tables)
    {
        var rows = new List<IReadOnlyList<string>>();
        foreach (var table in tables)
        {
            // The Table of a watch event has no columns where they are those of the one before.
            if (table["columnDefinitions"] is JsonArray { Count: > 0 } definitions) columns = Read(definitions);
            foreach (var row in Rows(table))
            {
                if (!headed) rows.Add(Headings());
                headed = true;
                rows.Add(Cells(row));
            }
        }

        text.Write(rows);
    }

    /// <summary>The rows of a Table.</summary>
    public static IEnumerable<JsonObject> Rows(JsonObject table) => (table["rows"] as JsonArray ?? []).OfType<JsonObject>();

    private static string Labels(JsonObject? metadata) => metadata?["labels"] is JsonObject { Count: > 0 } labels
        ? string.Join(',', labels.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}={Cell.Text(label.Value)}"))
        : "<none>";

    private IReadOnlyList<Column> Read(JsonArray definitions) =>
    [
        .. definitions.OfType<JsonObject>()
            .Select((definition, index) => new Column(index, (string?)definition["name"] ?? "", (int?)definition["priority"] ?? 0))
            .Where(column => style.Wide || column.Priority == 0),
    ];

    private IReadOnlyList<string> Headings()
    {
        var names = columns.Select(column => column.Name.ToUpperInvariant());
        if (style.WithNamespace) names = names.Prepend("NAMESPACE");
        if (style.ShowLabels) names = names.Append("LABELS");
        return [.. names];
    }

    private IReadOnlyList<string> Cells(JsonObject row)
    {
        var values = row["cells"] as JsonArray ?? [];
        var metadata = row["object"]?["metadata"] as JsonObject;
        var cells = columns.Select((column, position) =>
        {
            var cell = column.Index < values.Count ? Cell.Text(values[column.Index]) : "";
            return position == 0 && style.WithKind ? Names.Of(style.Kind, cell) : cell;
        });
        if (style.WithNamespace) cells = cells.Prepend(Cell.Text(metadata?["namespace"]));
        if (style.ShowLabels) cells = cells.Append(Labels(metadata));
        return [.. cells];
    }

    private sealed record Column(int Index, string Name, int Priority);
}
