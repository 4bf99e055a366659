using System.Text;

namespace MiniK8s.Kubectl.Describing;

/// <summary>
/// Text whose tabs become columns: cells of lines that follow one another stand under each other, two blanks behind the widest (elastic
/// tabstops, as Go's text/tabwriter lays out the descriptions of kubectl). A line without a tab at some place ends the column there.
/// </summary>
internal sealed class TabText
{
    private const int Gap = 2;
    private readonly StringBuilder done = new();
    private readonly StringBuilder pending = new();

    /// <summary>Adds text as it is, tabs and line breaks meaning what they say.</summary>
    public TabText Add(string text)
    {
        pending.Append(text);
        return this;
    }

    /// <summary>Adds a line, two blanks deep for each level.</summary>
    public TabText Line(int level, string text)
    {
        pending.Append(' ', level * 2).Append(text).Append('\n');
        return this;
    }

    /// <summary>Ends all columns: what follows is laid out by itself.</summary>
    public TabText EndColumns()
    {
        if (pending.Length == 0) return this;
        var lines = pending.ToString().Split('\n').Select(line => line.Split('\t')).ToArray();
        var widths = Widths(lines);
        for (var at = 0; at < lines.Length; at++)
        {
            for (var column = 0; column < lines[at].Length; column++) done.Append(lines[at][column].PadRight(widths[at][column]));
            if (at < lines.Length - 1) done.Append('\n');
        }

        pending.Clear();
        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => EndColumns().done.ToString();

    // The last cell of a line has no tab behind it, belongs to no column, and is not padded.
    private static int[][] Widths(string[][] lines)
    {
        var widths = lines.Select(line => new int[line.Length]).ToArray();
        for (var column = 0; column < lines.Max(line => line.Length) - 1; column++)
        {
            for (var from = 0; from < lines.Length; from++)
            {
                var to = from;
                while (to < lines.Length && column < lines[to].Length - 1) to++;
                if (to == from) continue;
                var width = lines[from..to].Max(line => line[column].Length) + Gap;
                for (var at = from; at < to; at++) widths[at][column] = width;
                from = to;
            }
        }

        return widths;
    }
}
