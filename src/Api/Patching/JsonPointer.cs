using System.Globalization;
using System.Text.Json.Nodes;

namespace MiniK8s.Api.Patching;

/// <summary>A place in a document (RFC 6901).</summary>
internal sealed class JsonPointer
{
    private readonly string text;
    private readonly string[] steps;

    private JsonPointer(string text, string[] steps) => (this.text, this.steps) = (text, steps);

    /// <summary>The whole document.</summary>
    public bool IsRoot => steps.Length == 0;

    public static JsonPointer Parse(string text)
    {
        if (text.Length == 0) return new JsonPointer(text, []);
        if (text[0] != '/') throw new PatchException(PatchFailure.Malformed, $"the path \"{text}\" must be empty or begin with '/'");
        return new JsonPointer(text, [.. text[1..].Split('/').Select(step => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))]);
    }

    /// <summary>Whether this place is <paramref name="other"/> or lies inside it.</summary>
    public bool IsWithin(JsonPointer other) => steps.Length >= other.steps.Length && steps.AsSpan(0, other.steps.Length).SequenceEqual(other.steps);

    /// <summary>What is there. False if nothing is; a null that is there is found.</summary>
    public bool TryGet(JsonNode? root, out JsonNode? found)
    {
        found = root;
        foreach (var step in steps)
        {
            if (!TryStep(found, step, out found)) return false;
        }

        return true;
    }

    public JsonNode? Get(JsonNode? root) => TryGet(root, out var found) ? found : throw Missing();

    /// <summary>Puts a value there: into a list before what is there, into an object in its place.</summary>
    public void Add(JsonNode root, JsonNode? value)
    {
        switch (Parent(root))
        {
            case JsonObject parent:
                parent[steps[^1]] = value;
                break;
            case JsonArray parent:
                parent.Insert(steps[^1] == "-" ? parent.Count : Index(steps[^1], parent.Count + 1), value);
                break;
            default:
                throw Missing();
        }
    }

    public void Replace(JsonNode root, JsonNode? value)
    {
        switch (Parent(root))
        {
            case JsonObject parent when parent.ContainsKey(steps[^1]):
                parent[steps[^1]] = value;
                break;
            case JsonArray parent:
                parent[Index(steps[^1], parent.Count)] = value;
                break;
            default:
                throw Missing();
        }
    }

    public void Remove(JsonNode root)
    {
        switch (Parent(root))
        {
            case JsonObject parent when parent.Remove(steps[^1]):
                break;
            case JsonArray parent:
                parent.RemoveAt(Index(steps[^1], parent.Count));
                break;
            default:
                throw Missing();
        }
    }

    /// <inheritdoc/>
    public override string ToString() => text;

    private JsonNode? Parent(JsonNode root) => new JsonPointer(text, steps[..^1]).Get(root);

    private bool TryStep(JsonNode? from, string step, out JsonNode? found)
    {
        found = null;
        if (from is JsonObject map) return map.TryGetPropertyValue(step, out found);
        if (from is not JsonArray list || step == "-") return false;
        found = list[Index(step, list.Count)];
        return true;
    }

    private int Index(string step, int count)
    {
        var isIndex = int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && (step.Length == 1 || step[0] != '0');
        if (!isIndex) throw new PatchException(PatchFailure.DoesNotApply, $"\"{step}\" in the path \"{text}\" is no index of a list");
        return index < count ? index : throw new PatchException(PatchFailure.DoesNotApply, $"index {index} in the path \"{text}\" is out of bounds");
    }

    private PatchException Missing() => new(PatchFailure.DoesNotApply, $"there is nothing at the path \"{text}\"");
}
