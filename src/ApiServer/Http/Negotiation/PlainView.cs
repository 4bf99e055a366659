using System.Buffers;
using MiniK8s.Api.Declarations;
using MiniK8s.ApiServer.Cache;

namespace MiniK8s.ApiServer.Http.Negotiation;

/// <summary>The objects themselves: the cache's bytes as they are.</summary>
internal sealed class PlainView(KindInfo info) : IObjectView
{
    /// <inheritdoc/>
    public string Name => "";

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Render(CachedObject value) => value.Json;

    /// <inheritdoc/>
    public void WriteListHead(IBufferWriter<byte> output, ListPage page)
    {
        ObjectViews.WriteListHead(output, info.Kind + "List", info.GroupVersion, page);
        output.Write("\"items\":["u8);
    }

    /// <inheritdoc/>
    public void WriteItem(IBufferWriter<byte> output, CachedObject value) => output.Write(value.Json.Span);

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Bookmark(long revision, bool endsInitialEvents) => ObjectViews.BookmarkOf(info.Kind, info.GroupVersion, revision, endsInitialEvents);
}
