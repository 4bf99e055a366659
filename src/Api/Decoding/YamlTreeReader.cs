using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MiniK8s.Api.Decoding;

/// <summary>Builds the tree of one YAML document from the parser's events.</summary>
internal sealed class YamlTreeReader(IParser parser)
{
    /// <summary>How many nodes all aliases of a document may stand for together: a bomb is refused before it unfolds.</summary>
    private const int AliasBudget = 10_000;

    private readonly Dictionary<string, (JsonNode? Node, int Size)> anchors = [];
    private readonly List<string> duplicates = [];
    private int aliased;
    private int size;

    /// <summary>Keys that stood twice, with line and column.</summary>
    public IReadOnlyList<string> Duplicates => duplicates;

    /// <summary>Reads the next node and all below it.</summary>
    public JsonNode? Read(int depth = 0)
    {
        var start = parser.Consume<ParsingEvent>();
        if (depth > JsonBody.MaxDepth) throw Error(start.Start, $"nested deeper than {JsonBody.MaxDepth} levels");
        var before = size++;
        var node = start switch
        {
            Scalar scalar => ScalarNode(scalar),
            SequenceStart => Sequence(depth),
            MappingStart => Mapping(depth),
            AnchorAlias alias => Alias(alias),
            _ => throw Error(start.Start, $"unexpected {start}"),
        };
        if (start is NodeEvent { Anchor.IsEmpty: false } named) anchors[named.Anchor.Value] = (node, size - before);
        return node;
    }

    public static DecodingException Error(Mark at, string what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"yaml: line {at.Line}, column {at.Column}: {what}"));

    private JsonArray Sequence(int depth)
    {
        var array = new JsonArray();
        while (!parser.TryConsume<SequenceEnd>(out _)) array.Add(Read(depth + 1));
        return array;
    }

    private JsonObject Mapping(int depth)
    {
        var result = new JsonObject();
        var merged = new List<JsonObject>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var at = parser.Current!.Start;
            var isMerge = parser.Current is Scalar { Value: "<<", Style: ScalarStyle.Plain };
            var key = Key();
            var value = Read(depth + 1);
            if (isMerge)
            {
                merged.AddRange(MergeSources(value, at));
                continue;
            }

            if (result.ContainsKey(key)) duplicates.Add(string.Create(CultureInfo.InvariantCulture, $"yaml: line {at.Line}, column {at.Column}: key \"{key}\" already set in map"));
            result[key] = value;
        }

        Merge(result, merged);
        return result;
    }

    private string Key()
    {
        var start = parser.Consume<ParsingEvent>();
        size++;
        var node = start switch
        {
            Scalar scalar => ScalarNode(scalar),
            AnchorAlias alias => Alias(alias),
            _ => throw Error(start.Start, "a key must be text; this one is a map or a list"),
        };
        if (start is Scalar { Anchor.IsEmpty: false } named) anchors[named.Anchor.Value] = (node, 1);
        return node switch
        {
            JsonValue value when value.TryGetValue<string>(out var text) => text,
            JsonValue value => value.ToJsonString(),
            _ => throw Error(start.Start, "a key must be text; this one is null, a map or a list"),
        };
    }

    /// <summary>The values of a merge key (<c>&lt;&lt;</c>): one map, or a list of maps of which earlier ones win.</summary>
    private static IEnumerable<JsonObject> MergeSources(JsonNode? value, Mark at) => value switch
    {
        JsonObject map => [map],
        JsonArray maps when maps.All(item => item is JsonObject) => maps.Select(item => (JsonObject)item!),
        _ => throw Error(at, "the value of a merge key << must be a map or a list of maps"),
    };

    private static void Merge(JsonObject into, List<JsonObject> sources)
    {
        foreach (var source in sources)
        {
            foreach (var (key, value) in source)
            {
                if (!into.ContainsKey(key)) into[key] = value?.DeepClone();
            }
        }
    }

    private JsonNode? Alias(AnchorAlias alias)
    {
        if (!anchors.TryGetValue(alias.Value.Value, out var target)) throw Error(alias.Start, $"unknown anchor '{alias.Value.Value}' referenced");
        aliased += target.Size;
        size += target.Size;
        if (aliased > AliasBudget) throw Error(alias.Start, $"document contains excessive aliasing (more than {AliasBudget} nodes)");
        return target.Node?.DeepClone();
    }

    private static JsonValue? ScalarNode(Scalar scalar)
    {
        var tag = scalar.Tag.IsEmpty || scalar.Tag.IsNonSpecific ? null : scalar.Tag.Value;
        var isText = scalar.Style != ScalarStyle.Plain && tag is null || scalar.Tag is { IsEmpty: false, IsNonSpecific: true };
        if (isText || tag == "tag:yaml.org,2002:str") return JsonValue.Create(scalar.Value);
        if (tag == "tag:yaml.org,2002:binary") return Binary(scalar);
        var value = YamlScalars.Resolve(scalar.Value);
        var isAsTagged = tag switch
        {
            null => true,
            "tag:yaml.org,2002:null" => value is null,
            "tag:yaml.org,2002:bool" => value is bool,
            "tag:yaml.org,2002:int" => value is long or ulong,
            "tag:yaml.org,2002:float" => value is long or ulong or double,
            "tag:yaml.org,2002:timestamp" => value is string,
            _ => throw Error(scalar.Start, $"unknown tag {tag}"),
        };
        return isAsTagged ? Node(value, scalar) : throw Error(scalar.Start, $"cannot decode \"{scalar.Value}\" as a {tag}");
    }

    private static JsonValue? Node(object? value, Scalar scalar) => value switch
    {
        null => null,
        bool flag => JsonValue.Create(flag),
        long number => JsonValue.Create(number),
        ulong number => JsonValue.Create(number),
        double number when double.IsFinite(number) => JsonValue.Create(number),
        double => throw Error(scalar.Start, $"{scalar.Value} has no form in JSON"),
        _ => JsonValue.Create(scalar.Value),
    };

    private static JsonValue Binary(Scalar scalar)
    {
        try
        {
            return JsonValue.Create(new UTF8Encoding(false, true).GetString(Convert.FromBase64String(scalar.Value)));
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw Error(scalar.Start, "a !!binary value must be base64 of UTF-8 text");
        }
    }
}
