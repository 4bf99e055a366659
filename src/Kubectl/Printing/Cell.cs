using System.Text;
using System.Text.Json.Nodes;

namespace MiniK8s.Kubectl.Printing;

/// <summary>One value of a Table as text on one line.</summary>
internal static class Cell
{
    /// <summary>The value; of a text that has several lines the first and dots, as kubectl shows it.</summary>
    public static string Text(JsonNode? value) => value switch
    {
        null => "",
        JsonValue leaf when leaf.TryGetValue<string>(out var text) => Harmless(FirstLine(text)),
        _ => Harmless(value.ToJsonString()),
    };

    private static string FirstLine(string text) => text.AsSpan().IndexOfAny('\n', '\r', '\f') is >= 0 and var end ? text[..end] + "..." : text;

    // What a server sends must not steer the user's terminal.
    private static string Harmless(string text)
    {
        if (!text.Any(char.IsControl)) return text;
        var shown = new StringBuilder();
        foreach (var letter in text) shown.Append(letter == '\e' ? "^[" : char.IsControl(letter) ? " " : letter.ToString());
        return shown.ToString();
    }
}
