namespace MiniK8s.Kubectl.Printing;

/// <summary>How answers are shown: the value of <c>-o</c>.</summary>
internal enum OutputFormat
{
    /// <summary>A table, or a line of text.</summary>
    Table,

    /// <summary>A table with more columns.</summary>
    Wide,

    /// <summary>The objects as YAML.</summary>
    Yaml,

    /// <summary>The objects as JSON.</summary>
    Json,

    /// <summary>Only kind and name.</summary>
    Name,
}

/// <summary>Reads the value of <c>-o</c>.</summary>
internal static class OutputFormats
{
    /// <summary>The format of a name; a table for none.</summary>
    /// <param name="name">The option's value.</param>
    /// <param name="allowed">What the command can print.</param>
    /// <exception cref="CommandException">The name is none of the formats.</exception>
    public static OutputFormat Parse(string? name, params IReadOnlyList<OutputFormat> allowed)
    {
        if (string.IsNullOrEmpty(name)) return OutputFormat.Table;
        var names = allowed.ToDictionary(format => format.ToString().ToLowerInvariant());
        return names.TryGetValue(name, out var found)
            ? found
            : throw new CommandException($"unable to match a printer suitable for the output format \"{name}\", allowed formats are: {string.Join(',', names.Keys.Order(StringComparer.Ordinal))}");
    }
}
