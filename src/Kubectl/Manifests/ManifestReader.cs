using System.Text.Json.Nodes;
using MiniK8s.Api.Decoding;

namespace MiniK8s.Kubectl.Manifests;

/// <summary>Finds the objects in files, directories and standard input.</summary>
internal static class ManifestReader
{
    private static readonly string[] Endings = [".json", ".yaml", ".yml"];

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
                found.AddRange(Parse(buffer.ToArray(), "STDIN"));
                continue;
            }

            foreach (var file in Files(source, recursive)) found.AddRange(Parse(await File.ReadAllBytesAsync(file, cancellationToken), file));
        }

        return found.Count > 0 ? found : throw new CommandException($"no objects passed: there are none in {string.Join(", ", sources)}");
    }

    private static List<string> Files(string source, bool recursive)
    {
        if (!Directory.Exists(source)) return File.Exists(source) ? [source] : throw new CommandException($"the path \"{source}\" does not exist");
        var files = Directory.EnumerateFiles(source, "*", recursive ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly)
            .Where(file => Endings.Contains(Path.GetExtension(file)))
            .Order(StringComparer.Ordinal)
            .ToList();
        return files.Count > 0 ? files : throw new CommandException($"no files in \"{source}\" that end in {string.Join(", ", Endings)}{(recursive ? "" : "; -R reads the directories below it")}");
    }

    private static List<Manifest> Parse(byte[] text, string source)
    {
        try
        {
            return [.. YamlDocuments.Read(text).SelectMany(body => Open(body, source))];
        }
        catch (DecodingException error)
        {
            throw new DecodingException($"{source}: {error.Message}", error);
        }
    }

    private static IEnumerable<Manifest> Open(ParsedBody body, string source) => body.Duplicates is [var twice, ..]
        ? throw new DecodingException(twice)
        : Open(body.Object).Select(item => Manifest.Of(item, source));

    private static IEnumerable<JsonObject> Open(JsonObject value) =>
        value["items"] is JsonArray items && value["kind"] is JsonValue kind && kind.TryGetValue<string>(out var name) && name.EndsWith("List", StringComparison.Ordinal)
            ? items.OfType<JsonObject>().Select(item => (JsonObject)item.DeepClone()).SelectMany(Open)
            : [value];
}
