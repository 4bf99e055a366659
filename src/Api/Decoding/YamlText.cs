using System.Globalization;
using System.Text;

namespace MiniK8s.Api.Decoding;

/// <summary>The four ways to write text in YAML, and which of them a text needs.</summary>
internal static class YamlText
{
    private const string Indicators = "#,[]{}&*!|>'\"%@`";

    /// <summary>Text as a key: always on one line, and quoted around <c> *</c>, in which some readers see an alias.</summary>
    public static string Key(string text) => text.Contains(" *", StringComparison.Ordinal) && Line(text) == text ? SingleQuoted(text) : Line(text);

    /// <summary>Writes text as a value, and ends the line.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="text">The text.</param>
    /// <param name="indent">The column of the lines of a block.</param>
    public static void Value(StringBuilder output, string text, int indent)
    {
        if (text.Contains('\n') && IsBlock(text)) Block(output, text, indent);
        else output.Append(Line(text)).Append('\n');
    }

    private static string Line(string text) =>
        text.Contains('\n') || !IsPrintable(text) || IsMisread(text) ? DoubleQuoted(text)
        : IsPlain(text) ? text
        : SingleQuoted(text);

    /// <summary>A reader would take the bare text for a number, a boolean or null.</summary>
    private static bool IsMisread(string text) => text.Length == 0 || YamlScalars.Resolve(text) is not string || YamlScalars.IsBase60(text) || YamlScalars.IsTime(text) || text is "<<" or "=";

    private static bool IsPrintable(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsSurrogatePair(text, i)) i++;
            else if ((char.IsControl(c) && c != '\n') || char.IsSurrogate(c) || c is '\u2028' or '\u2029' or '\uFEFF' or '\uFFFE' or '\uFFFF') return false;
        }

        return true;
    }

    private static bool IsPlain(string text)
    {
        if (text[0] == ' ' || text[^1] == ' ' || Indicators.Contains(text[0])) return false;
        if (text[0] is '-' or '?' or ':' && (text.Length == 1 || text[1] == ' ')) return false;
        if (text.StartsWith("---", StringComparison.Ordinal) || text.StartsWith("...", StringComparison.Ordinal)) return false;
        return text[^1] != ':' && !text.Contains(": ", StringComparison.Ordinal) && !text.Contains(" #", StringComparison.Ordinal);
    }

    /// <summary>A block keeps its lines as they are; spaces at the end of a line or of the text would be lost on the way through an editor.</summary>
    private static bool IsBlock(string text) =>
        IsPrintable(text) && !text.Contains(" \n", StringComparison.Ordinal) && text[^1] != ' ' && text.AsSpan().Trim('\n').Length > 0;

    private static void Block(StringBuilder output, string text, int indent)
    {
        output.Append('|');
        // The first line decides the indentation that a reader takes off, unless a number says it.
        if (text[0] is ' ' or '\n') output.Append('2');
        if (text[^1] != '\n') output.Append('-');
        else if (text.EndsWith("\n\n", StringComparison.Ordinal)) output.Append('+');
        output.Append('\n');
        var body = text[^1] == '\n' ? text[..^1] : text;
        foreach (var line in body.Split('\n'))
        {
            if (line.Length > 0) output.Append(' ', indent).Append(line);
            output.Append('\n');
        }
    }

    private static string SingleQuoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string DoubleQuoted(string text)
    {
        var quoted = new StringBuilder("\"");
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text, i)) quoted.Append(text[i]).Append(text[++i]);
            else quoted.Append(Escaped(text[i]));
        }

        return quoted.Append('"').ToString();
    }

    private static string Escaped(char c) => c switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        _ when char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' or '\uFEFF' or '\uFFFE' or '\uFFFF' =>
            "\\u" + ((int)c).ToString("X4", CultureInfo.InvariantCulture),
        _ => c.ToString(),
    };
}
