using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MiniK8s.Api.Decoding;

namespace MiniK8s.Api.Patching;

/// <summary>A JSON patch (RFC 6902), with the bounds that Kubernetes sets to what one may cost.</summary>
public sealed class JsonPatch
{
    /// <summary>Most operations of one patch.</summary>
    public const int MaxOperations = 10_000;

    /// <summary>Most bytes that all copies of one patch may add.</summary>
    public const int MaxCopiedBytes = 3 * 1024 * 1024;

    private readonly IReadOnlyList<Operation> operations;

    private JsonPatch(IReadOnlyList<Operation> operations) => this.operations = operations;

    /// <summary>Reads the body of a patch.</summary>
    /// <exception cref="PatchException">It is no list of operations, or holds too many.</exception>
    public static JsonPatch Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            JsonBody.RequireUtf8(body);
            var root = JsonNode.Parse(body, documentOptions: new JsonDocumentOptions { MaxDepth = JsonBody.MaxDepth });
            return root is JsonArray list ? Parse(list) : throw Malformed("a JSON patch is a list of operations");
        }
        catch (Exception e) when (e is JsonException or DecodingException or ArgumentException or InvalidOperationException)
        {
            throw Malformed($"the patch is not valid JSON: {e.Message}", e);
        }
    }

    /// <summary>Reads a patch.</summary>
    /// <exception cref="PatchException">It is no list of operations, or holds too many.</exception>
    public static JsonPatch Parse(JsonArray list) => list.Count <= MaxOperations
        ? new JsonPatch([.. list.Select(Read)])
        : throw new PatchException(PatchFailure.TooLarge, $"The allowed maximum operations in a JSON patch is {MaxOperations}, got {list.Count}");

    /// <summary>The patched document; <paramref name="document"/> itself stays as it is.</summary>
    /// <exception cref="PatchException">An operation does not fit, a test fails, copies add too much, or no object is left.</exception>
    public JsonObject Apply(JsonObject document)
    {
        JsonNode? root = document.DeepClone();
        var copied = 0L;
        foreach (var (operation, index) in operations.Select((operation, index) => (operation, index)))
        {
            try
            {
                root = Apply(root, operation, ref copied);
            }
            catch (PatchException e)
            {
                throw new PatchException(e.Failure, $"operation {index} ({operation.Name} {operation.Path}): {e.Message}", e);
            }
        }

        return root as JsonObject ?? throw new PatchException(PatchFailure.DoesNotApply, "the patch leaves no object");
    }

    private static JsonNode? Apply(JsonNode? root, Operation operation, ref long copied)
    {
        switch (operation.Name)
        {
            case "add":
                return Add(root, operation.Path, operation.Value?.DeepClone());
            case "replace":
                if (operation.Path.IsRoot) return operation.Value?.DeepClone();
                operation.Path.Replace(Document(root), operation.Value?.DeepClone());
                return root;
            case "remove":
                if (operation.Path.IsRoot) return null;
                operation.Path.Remove(Document(root));
                return root;
            case "move":
                if (operation.Path.IsWithin(operation.From!) && !operation.From!.IsWithin(operation.Path)) throw DoesNotApply("a value cannot be moved into itself");
                var moved = operation.From!.Get(root)?.DeepClone();
                if (operation.From.IsRoot) return moved;
                operation.From.Remove(Document(root));
                return Add(root, operation.Path, moved);
            case "copy":
                var copy = operation.From!.Get(root)?.DeepClone();
                copied += Encoding.UTF8.GetByteCount(copy?.ToJsonString() ?? "null");
                if (copied > MaxCopiedBytes) throw new PatchException(PatchFailure.TooLarge, $"all copies together add {copied} bytes, more than the {MaxCopiedBytes} allowed");
                return Add(root, operation.Path, copy);
            default:
                Test(root, operation);
                return root;
        }
    }

    private static void Test(JsonNode? root, Operation operation)
    {
        if (operation.Path.TryGet(root, out var found) ? JsonNode.DeepEquals(found, operation.Value) : operation.Value is null) return;
        throw DoesNotApply($"testing value {operation.Path} failed");
    }

    private static JsonNode? Add(JsonNode? root, JsonPointer path, JsonNode? value)
    {
        if (path.IsRoot) return value;
        path.Add(Document(root), value);
        return root;
    }

    private static JsonNode Document(JsonNode? root) => root ?? throw DoesNotApply("the document is gone");

    private static Operation Read(JsonNode? node, int index)
    {
        if (node is not JsonObject map) throw Malformed($"operation {index} is no object");
        var name = Text(map, "op", index) ?? throw Malformed($"operation {index} has no op");
        var path = JsonPointer.Parse(Text(map, "path", index) ?? throw Malformed($"operation {index} ({name}) has no path"));
        switch (name)
        {
            case "add" or "replace" or "test":
                if (!map.TryGetPropertyValue("value", out var value)) throw Malformed($"operation {index} ({name} {path}) has no value");
                return new Operation(name, path, null, value);
            case "move" or "copy":
                var from = Text(map, "from", index) ?? throw Malformed($"operation {index} ({name} {path}) has no from");
                return new Operation(name, path, JsonPointer.Parse(from), null);
            case "remove":
                return new Operation(name, path, null, null);
            default:
                throw Malformed($"operation {index} has the unknown op \"{name}\"; add, remove, replace, move, copy and test are known");
        }
    }

    private static string? Text(JsonObject map, string name, int index) => map[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        _ => throw Malformed($"{name} of operation {index} is no text"),
    };

    private static PatchException Malformed(string message, Exception? inner = null) => new(PatchFailure.Malformed, message, inner);

    private static PatchException DoesNotApply(string message) => new(PatchFailure.DoesNotApply, message);

    private sealed record Operation(string Name, JsonPointer Path, JsonPointer? From, JsonNode? Value);
}
