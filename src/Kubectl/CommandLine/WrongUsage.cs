using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace MiniK8s.Kubectl.CommandLine;

/// <summary>A command line that is none: one line that says what is wrong with it and where help is.</summary>
internal static class WrongUsage
{
    /// <summary>The line, or null where nothing is wrong.</summary>
    public static string? Of(ParseResult line)
    {
        if (line.Errors.Count == 0 || line.Action is not ParseErrorAction) return null;
        var names = new List<string>();
        for (SymbolResult? at = line.CommandResult; at is CommandResult command; at = at.Parent) names.Insert(0, command.Command.Name);
        var path = string.Join(' ', names);
        return $"error: {What(line, path)}; see '{path} --help'";
    }

    private static string What(ParseResult line, string path) => line.UnmatchedTokens switch
    {
        [var word, ..] when word.StartsWith('-') => UnknownFlag(word),
        [var word, ..] when line.CommandResult.Command.Subcommands.Count > 0 => $"unknown command \"{word}\" for \"{path}\"",
        [var word, ..] => $"unexpected argument \"{word}\"",
        _ => line.Errors[0].Message.TrimEnd('.'),
    };

    /// <summary>How a flag is called unknown: long ones without their value.</summary>
    public static string UnknownFlag(string word) =>
        word.StartsWith("--", StringComparison.Ordinal) ? $"unknown flag: {word.Split('=')[0]}" : $"unknown shorthand flag in {word}";
}
