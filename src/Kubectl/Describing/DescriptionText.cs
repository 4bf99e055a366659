using System.Text;

namespace MiniK8s.Kubectl.Describing;

/// <summary>Lines of <c>Name:  value</c>, indented by depth, whose values stand in one column.</summary>
internal sealed class DescriptionText
{
    private readonly List<(int Depth, string Name, string? Value)> lines = [];

    /// <summary>A name and its value; an empty value shows as <c>&lt;none&gt;</c>.</summary>
    public void Add(string name, string? value, int depth = 0) => lines.Add((depth, name + ":", string.IsNullOrEmpty(value) ? "<none>" : value));

    /// <summary>The same, where there is a value; nothing where there is none.</summary>
    public void AddIf(string name, string? value, int depth = 0)
    {
        if (!string.IsNullOrEmpty(value)) Add(name, value, depth);
    }

    /// <summary>A name whose values follow, a line each.</summary>
    public void AddMap(string name, IReadOnlyDictionary<string, string> values, string between = "=")
    {
        var entries = values.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}{between}{pair.Value}").ToList();
        Add(name, entries.FirstOrDefault());
        foreach (var entry in entries.Skip(1)) lines.Add((0, "", entry));
    }

    /// <summary>A heading.</summary>
    public void Heading(string name, int depth = 0) => lines.Add((depth, name + ":", null));

    /// <summary>Text as it is, indented.</summary>
    public void Line(string text, int depth = 1) => lines.Add((depth, text, null));

    /// <summary>A table whose columns line up.</summary>
    public void Table(IReadOnlyList<IReadOnlyList<string>> rows, int depth = 1)
    {
        var widths = Enumerable.Range(0, rows.Max(row => row.Count)).Select(column => rows.Max(row => column < row.Count ? row[column].Length : 0)).ToArray();
        foreach (var row in rows) Line(string.Concat(row.Select((cell, column) => cell.PadRight(widths[column] + 2))).TrimEnd(), depth);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var width = lines.Where(line => line.Value is not null).Select(line => Indent(line.Depth).Length + line.Name.Length).DefaultIfEmpty(0).Max() + 2;
        var result = new StringBuilder();
        foreach (var (depth, name, value) in lines)
        {
            var left = Indent(depth) + name;
            result.Append(value is null ? left : left.PadRight(width) + value).Append('\n');
        }

        return result.ToString();
    }

    private static string Indent(int depth) => new(' ', depth * 2);
}
