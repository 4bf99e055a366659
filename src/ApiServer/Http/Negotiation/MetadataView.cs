using System.Buffers;
using System.Text;
using MiniK8s.ApiServer.Cache;

namespace MiniK8s.ApiServer.Http.Negotiation;

/// <summary>PartialObjectMetadata: the metadata, cut out of the cache's bytes.</summary>
internal sealed class MetadataView(string version) : IObjectView
{
    private readonly string apiVersion = $"meta.k8s.io/{version}";
    private readonly byte[] head = Encoding.UTF8.GetBytes($"{{\"kind\":\"PartialObjectMetadata\",\"apiVersion\":\"meta.k8s.io/{version}\",\"metadata\":");

    /// <inheritdoc/>
    public string Name => $"metadata.{version}";

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Render(CachedObject value)
    {
        var output = new ArrayBufferWriter<byte>(value.Metadata.Length + 100);
        WriteItem(output, value);
        return output.WrittenMemory;
    }

    /// <inheritdoc/>
    public void WriteListHead(IBufferWriter<byte> output, ListPage page)
    {
        ObjectViews.WriteListHead(output, "PartialObjectMetadataList", apiVersion, page);
        output.Write("\"items\":["u8);
    }

    /// <inheritdoc/>
    public void WriteItem(IBufferWriter<byte> output, CachedObject value)
    {
        output.Write(head);
        output.Write(value.Metadata.Span);
        output.Write("}"u8);
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Bookmark(long revision, bool endsInitialEvents) =>
        ObjectViews.BookmarkOf("PartialObjectMetadata", apiVersion, revision, endsInitialEvents);
}
