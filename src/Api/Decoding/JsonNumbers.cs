using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MiniK8s.Api.Decoding;

/// <summary>Reads numbers from nodes, however the node came to be (a node made from a <c>long</c> refuses to be read as an <c>int</c>).</summary>
public static class JsonNumbers
{
    /// <summary>The whole number that the node holds. False for other forms, fractions, exponents and what 64 bits cannot hold.</summary>
    public static bool TryInt64(this JsonNode? node, out long number)
    {
        number = 0;
        if (node is not JsonValue value) return false;
        if (value.TryGetValue(out number)) return true;
        if (value.TryGetValue<int>(out var small))
        {
            number = small;
            return true;
        }

        return value.GetValueKind() == JsonValueKind.Number
            && long.TryParse(value.ToJsonString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
    }
}
