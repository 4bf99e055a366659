using System.Buffers.Text;
using System.Text.Json;

namespace MiniK8s.ApiServer.Cache;

/// <summary>
/// The JSON of an object as clients get it. The store keeps objects without <c>resourceVersion</c>, which is the store's own
/// revision; here it is put into the bytes, without decoding them.
/// </summary>
/// <param name="Bytes">The JSON with <c>metadata.resourceVersion</c>.</param>
/// <param name="Layout">Where its parts lie.</param>
internal readonly record struct VersionedJson(ReadOnlyMemory<byte> Bytes, ObjectLayout Layout)
{
    private static ReadOnlySpan<byte> Property => "\"resourceVersion\":"u8;

    /// <summary>Adds the revision to what the store holds, or replaces the one that is there.</summary>
    /// <exception cref="JsonException">The value is no object of the API.</exception>
    public static VersionedJson Of(ReadOnlySpan<byte> stored, long revision) => Of(stored, ObjectLayout.Of(stored), revision);

    /// <summary>The same object at another revision.</summary>
    public VersionedJson At(long revision) => Of(Bytes.Span, Layout, revision);

    /// <summary>The value of <c>metadata</c>.</summary>
    public ReadOnlyMemory<byte> Metadata => Bytes.Slice(Layout.MetadataStart, Layout.MetadataLength);

    /// <summary>The value of <c>metadata.labels</c>; empty where there are none.</summary>
    public ReadOnlyMemory<byte> Labels => Bytes.Slice(Layout.LabelsStart, Layout.LabelsLength);

    private static VersionedJson Of(ReadOnlySpan<byte> json, ObjectLayout layout, long revision)
    {
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(revision, digits, out var written);
        digits = digits[..written];
        if (layout.VersionLength > 0)
        {
            return Splice(json, layout, layout.VersionStart, layout.VersionLength, digits, prefix: [], suffix: []);
        }

        var inside = layout.MetadataStart + 1;
        var isEmpty = layout.MetadataLength == 2;
        return Splice(json, layout, inside, 0, digits, Property, isEmpty ? [] : ","u8);
    }

    private static VersionedJson Splice(
        ReadOnlySpan<byte> json, ObjectLayout layout, int at, int removed, ReadOnlySpan<byte> digits, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> suffix)
    {
        var added = prefix.Length + digits.Length + 2 + suffix.Length;
        var bytes = new byte[json.Length - removed + added];
        var rest = bytes.AsSpan();
        Append(ref rest, json[..at]);
        Append(ref rest, prefix);
        Append(ref rest, "\""u8);
        Append(ref rest, digits);
        Append(ref rest, "\""u8);
        Append(ref rest, suffix);
        Append(ref rest, json[(at + removed)..]);
        var shift = added - removed;
        return new VersionedJson(bytes, layout with
        {
            MetadataLength = layout.MetadataLength + shift,
            LabelsStart = layout.LabelsStart >= at ? layout.LabelsStart + shift : layout.LabelsStart,
            VersionStart = at + prefix.Length,
            VersionLength = digits.Length + 2,
        });
    }

    private static void Append(ref Span<byte> target, ReadOnlySpan<byte> part)
    {
        part.CopyTo(target);
        target = target[part.Length..];
    }
}
