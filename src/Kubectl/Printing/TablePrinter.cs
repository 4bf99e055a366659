using System.Text.Json.Nodes;
using MiniK8s.Api.Declarations;

namespace MiniK8s.Kubectl.Printing;

/// <summary>Prints the Tables that the server makes of objects (meta.k8s.io/v1).</summary>
internal sealed class TablePrinter(TextWriter output, TablePrinter.Style style)
{
    /// <summary>The media type that asks for a Table, and takes plain objects from a server that has none.</summary>
    public const string Accept = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";

    private readonly ColumnText text = new(output);
    private IReadOnlyList<Column>? columns;

    /// <summary>Prints a table; headings the first time only, unless the columns change.</summary>
    public void Print(JsonObject table, KindInfo kind)
    {
        var rows = new List<IReadOnlyList<string>>();
        // The table of a watch event has no columns where they are those of the one before.
        if (table["columnDefinitions"] is JsonArray { Count: > 0 } definitions)
        {
            var first = columns is null;
            columns = Read(definitions);
            if (first && !style.NoHeaders) rows.Add(Headings());
        }

        foreach (var row in (table["rows"] as JsonArray ?? []).OfType<JsonObject>()) rows.Add(Cells(row, kind));
        text.Write(rows);
    }

    private static string Show(JsonNode? cell) => cell switch
    {
        null => "<none>",
        JsonValue value when value.TryGetValue<string>(out var text) => Clean(text),
        _ => cell.ToJsonString(),
    };

    // What a server sends must not steer the user's terminal.
    private static string Clean(string text) => text.Any(char.IsControl) ? string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter)) : text;

    private static string Labels(JsonObject? metadata) =>
        metadata?["labels"] is JsonObject { Count: > 0 } labels ? string.Join(',', labels.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}={label.Value}")) : "<none>";

    private IReadOnlyList<Column> Read(JsonArray definitions) =>
    [
        .. definitions.OfType<JsonObject>()
            .Select((definition, index) => new Column(index, (string?)definition["name"] ?? "", (int?)definition["priority"] ?? 0))
            .Where(column => style.Wide || column.Priority == 0),
    ];

    private IReadOnlyList<string> Headings()
    {
        IEnumerable<string> names = columns!.Select(column => column.Name.ToUpperInvariant());
        if (style.WithNamespace) names = names.Prepend("NAMESPACE");
        if (style.ShowLabels) names = names.Append("LABELS");
        return [.. names];
    }

    private IReadOnlyList<string> Cells(JsonObject row, KindInfo kind)
    {
        var values = row["cells"] as JsonArray ?? [];
        var metadata = row["object"]?["metadata"] as JsonObject;
        IEnumerable<string> cells = columns!.Select((column, position) =>
            position == 0 && style.WithKind ? $"{Names.Prefix(kind)}/{Show(values[column.Index])}" : Show(values[column.Index]));
        if (style.WithNamespace) cells = cells.Prepend((string?)metadata?["namespace"] ?? "");
        if (style.ShowLabels) cells = cells.Append(Labels(metadata));
        return [.. cells];
    }

    /// <summary>What is shown beside the columns that always are.</summary>
    internal sealed record Style
    {
        /// <summary>Columns of lower priority too.</summary>
        public bool Wide { get; init; }

        /// <summary>The namespace in front.</summary>
        public bool WithNamespace { get; init; }

        /// <summary>The kind in front of the name.</summary>
        public bool WithKind { get; init; }

        /// <summary>The labels behind.</summary>
        public bool ShowLabels { get; init; }

        /// <summary>No headings.</summary>
        public bool NoHeaders { get; init; }
    }

    private sealed record Column(int Index, string Name, int Priority);
}
