using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MiniK8s.Api.Decoding;

/// <summary>Reads YAML text into objects, document by document.</summary>
public static partial class YamlDocuments
{
    /// <summary>All objects of a text: YAML documents divided by <c>---</c>, or JSON objects one behind the other. Empty documents are skipped.</summary>
    /// <exception cref="DecodingException">The text is not UTF-8, not YAML, or a document is no object; names line and column.</exception>
    public static IReadOnlyList<ParsedBody> Read(ReadOnlyMemory<byte> text)
    {
        if (text.Span.StartsWith("\uFEFF"u8)) text = text[3..];
        return BodyFormats.Detect(text.Span) == BodyFormat.Json ? ReadJson(text) : ReadYaml(text.Span);
    }

    /// <summary>The one object of a request's body.</summary>
    internal static ParsedBody ReadOne(ReadOnlySpan<byte> text) => ReadYaml(text, most: 2) switch
    {
        [var only] => only,
        [] => throw new DecodingException("the body is empty; an object with apiVersion and kind is wanted"),
        _ => throw new DecodingException("the body holds more than one YAML document; one object per request is wanted"),
    };

    /// <summary>JSON objects; what begins with a brace and is not JSON may be YAML in flow style, or YAML documents of which the first is JSON.</summary>
    private static IReadOnlyList<ParsedBody> ReadJson(ReadOnlyMemory<byte> text)
    {
        try
        {
            return JsonBody.ReadMany(text.Span);
        }
        catch (DecodingException asJson)
        {
            try
            {
                return ReadYaml(text.Span);
            }
            catch (DecodingException)
            {
                throw asJson;
            }
        }
    }

    private static List<ParsedBody> ReadYaml(ReadOnlySpan<byte> text, int most = int.MaxValue)
    {
        JsonBody.RequireUtf8(text);
        var yaml = Encoding.UTF8.GetString(text);
        try
        {
            return ReadYaml(yaml, most);
        }
        catch (YamlException e)
        {
            RequireLineBreaks(yaml);
            var detail = e.Message[(e.Message.IndexOf("): ", StringComparison.Ordinal) is >= 0 and var at ? at + 3 : 0)..];
            throw YamlTreeReader.Error(e.Start, detail.TrimEnd('.'));
        }
    }

    private static List<ParsedBody> ReadYaml(string yaml, int most)
    {
        var parser = new Parser(new Scanner(new StringReader(yaml), skipComments: true));
        parser.Consume<StreamStart>();
        var found = new List<ParsedBody>();
        while (found.Count < most && parser.TryConsume<DocumentStart>(out var start))
        {
            var reader = new YamlTreeReader(parser);
            var root = reader.Read();
            if (root is JsonObject value) found.Add(new ParsedBody(value, reader.Duplicates));
            else if (root is not null) throw NoObject(root, yaml, start.Start);
            parser.Consume<DocumentEnd>();
        }

        // A file that begins with a comment is nothing but that comment once its line breaks are gone.
        if (found.Count == 0) RequireLineBreaks(yaml);
        return found;
    }

    private static DecodingException NoObject(JsonNode root, string yaml, Mark at)
    {
        RequireLineBreaks(yaml);
        return YamlTreeReader.Error(at, $"the document is {Forms.Article(root.GetValueKind())}, not an object with apiVersion and kind");
    }

    /// <summary>
    /// <c>curl -d @file</c> strips line breaks, which leaves one line that no YAML reader understands; the user should hear why.
    /// </summary>
    private static void RequireLineBreaks(string yaml)
    {
        if (yaml.AsSpan().Trim().ContainsAny('\r', '\n') || TopLevelKey().Count(yaml) < 2) return;
        throw new DecodingException(
            "the YAML body has no line breaks: curl -d and --data strip them from a file. Send it with --data-binary @file (and -H 'Content-Type: application/yaml')");
    }

    [GeneratedRegex(@"(apiVersion|kind|metadata|spec|data|items)\s*:")]
    private static partial Regex TopLevelKey();
}
