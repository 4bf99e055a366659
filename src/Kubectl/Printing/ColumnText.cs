namespace MiniK8s.Kubectl.Printing;

/// <summary>
/// Lines text up in columns, three blanks apart and none narrower than six, as kubectl's tables are. Widths grow as rows come, so a
/// watch keeps its shape.
/// </summary>
internal sealed class ColumnText(TextWriter output)
{
    private const int Gap = 3;
    private const int Narrowest = 6;
    private int[] widths = [];

    /// <summary>Prints rows with common widths.</summary>
    public void Write(IReadOnlyList<IReadOnlyList<string>> rows)
    {
        foreach (var row in rows) Widen(row);
        foreach (var row in rows) output.WriteLine(Line(row));
    }

    private void Widen(IReadOnlyList<string> row)
    {
        if (widths.Length < row.Count) Array.Resize(ref widths, row.Count);
        for (var column = 0; column < row.Count; column++) widths[column] = Math.Max(widths[column], Math.Max(row[column].Length + Gap, Narrowest));
    }

    private string Line(IReadOnlyList<string> row) =>
        string.Concat(row.Select((cell, column) => column == row.Count - 1 ? cell : cell.PadRight(widths[column])));
}
