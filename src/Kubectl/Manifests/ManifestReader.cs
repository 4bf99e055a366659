using System.Text.Json.Nodes;
using MiniK8s.Api.Decoding;

namespace MiniK8s.Kubectl.Manifests;

/// <summary>Finds the objects in files, directories and standard input.</summary>
internal static class ManifestReader
{
    private static readonly string[] Endings = [".yaml", ".yml", ".json"];

    /// <summary>All objects in order; lists are opened.</summary>
    /// <param name="sources">Files, directories, or <c>-</c>.</param>
    /// <param name="recursive">Whether directories are read with what is below them.</param>
    /// <param name="input">Standard input.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="CommandException">A source is not there or holds nothing.</exception>
    /// <exception cref="DecodingException">A text is no manifest; the message names file, line and column.</exception>
    public static async Task<IReadOnlyList<Manifest>> ReadAsync(IReadOnlyList<string> sources, bool recursive, Func<Stream> input, CancellationToken cancellationToken)
    {
        if (sources.Count == 0) throw new CommandException("must specify -f FILE, a directory, or - for standard input");
        var found = new List<Manifest>();
        foreach (var source in sources)
        {
            if (source == "-")
            {
                using var buffer = new MemoryStream();
                await using var stream = input();
                await stream.CopyToAsync(buffer, cancellationToken);
                found.AddRange(Parse(buffer.ToArray(), "standard input"));
                continue;
            }

            foreach (var file in Files(source, recursive)) found.AddRange(Parse(await File.ReadAllBytesAsync(file, cancellationToken), file));
        }

        return found.Count > 0 ? found : throw new CommandException("no objects passed");
    }

    private static IEnumerable<string> Files(string source, bool recursive)
    {
        if (File.Exists(source)) return [source];
        if (!Directory.Exists(source)) throw new CommandException($"the path \"{source}\" does not exist");
        return Directory.EnumerateFiles(source, "*", recursive ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly)
            .Where(file => Endings.Contains(Path.GetExtension(file)))
            .Order(StringComparer.Ordinal);
    }

    private static IEnumerable<Manifest> Parse(byte[] text, string source)
    {
        IReadOnlyList<ParsedBody> bodies;
        try
        {
            bodies = YamlDocuments.Read(text);
        }
        catch (DecodingException error)
        {
            throw new DecodingException($"{source}: {error.Message}", error);
        }

        return bodies.SelectMany(body => Open(body.Object)).Select(item => Manifest.Of(item, source));
    }

    private static IEnumerable<JsonObject> Open(JsonObject value) =>
        value["items"] is JsonArray items && ((string?)value["kind"])?.EndsWith("List", StringComparison.Ordinal) == true
            ? items.OfType<JsonObject>().Select(item => (JsonObject)item.DeepClone()).SelectMany(Open)
            : [value];
}

/// <summary>One object to be sent.</summary>
/// <param name="Object">The object as it was written.</param>
/// <param name="ApiVersion">Its group and version.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Name">Its name; empty where it is to be generated.</param>
/// <param name="Namespace">Its namespace; null where it names none.</param>
/// <param name="Source">Where it stands.</param>
internal sealed record Manifest(JsonObject Object, string ApiVersion, string Kind, string Name, string? Namespace, string Source)
{
    /// <summary>Reads the fields that say what the object is.</summary>
    /// <exception cref="DecodingException">One of them is missing.</exception>
    public static Manifest Of(JsonObject value, string source)
    {
        var apiVersion = Text(value, "apiVersion") ?? throw new DecodingException($"{source}: apiVersion not set");
        var kind = Text(value, "kind") ?? throw new DecodingException($"{source}: kind not set");
        var metadata = value["metadata"] as JsonObject;
        var name = Text(metadata, "name") ?? "";
        if (name.Length == 0 && Text(metadata, "generateName") is null) throw new DecodingException($"{source}: {kind}: metadata.name not set");
        return new Manifest(value, apiVersion, kind, name, Text(metadata, "namespace"), source);
    }

    private static string? Text(JsonObject? owner, string field) =>
        owner?[field] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;
}
