namespace MiniK8s.Kubectl.Printing;

/// <summary>How answers are shown: the value of <c>-o</c>.</summary>
internal enum OutputFormat
{
    /// <summary>A table.</summary>
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
    /// <exception cref="CommandException">The name is none of the formats.</exception>
    public static OutputFormat Parse(string? name) => name switch
    {
        null or "" => OutputFormat.Table,
        "wide" => OutputFormat.Wide,
        "yaml" => OutputFormat.Yaml,
        "json" => OutputFormat.Json,
        "name" => OutputFormat.Name,
        _ => throw new CommandException($"unable to match a printer suitable for the output format \"{name}\", allowed formats are: wide, yaml, json, name"),
    };
}
