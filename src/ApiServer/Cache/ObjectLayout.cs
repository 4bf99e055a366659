using System.Text.Json;

namespace MiniK8s.ApiServer.Cache;

/// <summary>Where the parts lie in the JSON of an object that readers need without decoding it. Offsets in bytes; a length of 0 says that the part is absent.</summary>
/// <param name="MetadataStart">Offset of the brace that opens <c>metadata</c>.</param>
/// <param name="MetadataLength">Bytes from that brace to the closing one, both counted.</param>
/// <param name="LabelsStart">Offset of the brace that opens <c>metadata.labels</c>.</param>
/// <param name="LabelsLength">Bytes of the labels, braces counted.</param>
/// <param name="VersionStart">Offset of the quote that opens the value of <c>metadata.resourceVersion</c>.</param>
/// <param name="VersionLength">Bytes of that value, quotes counted.</param>
internal readonly record struct ObjectLayout(
    int MetadataStart, int MetadataLength, int LabelsStart, int LabelsLength, int VersionStart, int VersionLength)
{
    /// <summary>Finds the parts in one pass over the tokens, without building anything.</summary>
    /// <exception cref="JsonException">This is no JSON object with an object <c>metadata</c>.</exception>
    public static ObjectLayout Of(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) throw new JsonException("the stored value is no JSON object");
        ObjectLayout layout = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("metadata"u8))
            {
                reader.Read();
                if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException("the stored value's metadata is no JSON object");
                layout = OfMetadata(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        // Reading on to the end finds values that were cut off.
        while (reader.Read())
        {
        }

        return layout.MetadataLength > 0 ? layout : throw new JsonException("the stored value has no metadata");
    }

    private static ObjectLayout OfMetadata(ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        int labels = 0, labelsEnd = 0, version = 0, versionEnd = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isLabels = reader.ValueTextEquals("labels"u8);
            var isVersion = reader.ValueTextEquals("resourceVersion"u8);
            reader.Read();
            var at = (int)reader.TokenStartIndex;
            if (isLabels && reader.TokenType == JsonTokenType.StartObject) labels = at;
            if (isVersion && reader.TokenType == JsonTokenType.String) version = at;
            reader.Skip();
            if (labels == at) labelsEnd = (int)reader.BytesConsumed;
            if (version == at) versionEnd = (int)reader.BytesConsumed;
        }

        return new ObjectLayout(start, (int)reader.BytesConsumed - start, labels, labelsEnd - labels, version, versionEnd - version);
    }
}
