using System.CommandLine.Parsing;

namespace MiniK8s.Runtime.Hosting;

/// <summary>Reads an address from a command line, where an option asks for one.</summary>
public static class UriArgument
{
    /// <summary>The address; anything that is none becomes the command line's error. To be given as an option's <c>CustomParser</c>.</summary>
    public static Uri? Parse(ArgumentResult result)
    {
        var text = result.Tokens.Count == 0 ? "" : result.Tokens[^1].Value;
        if (Uri.TryCreate(text, UriKind.Absolute, out var address)) return address;
        result.AddError($"'{text}' is no address such as https://host:port or unix:///path");
        return null;
    }
}
