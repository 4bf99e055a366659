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
    public void WriteList(IBufferWriter<byte> output, ListPage page)
    {
        ObjectViews.WriteListHead(output, info.Kind + "List", info.GroupVersion, page);
        output.Write("\"items\":["u8);
        var isFirst = true;
        foreach (var item in page.Items)
        {
            if (!isFirst) output.Write(","u8);
            isFirst = false;
            output.Write(item.Json.Span);
        }

        output.Write("]}"u8);
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Bookmark(long revision, bool endsInitialEvents) => ObjectViews.BookmarkOf(info.Kind, info.GroupVersion, revision, endsInitialEvents);
}
