using System.Buffers;
using System.IO.Pipelines;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Api.Serialization;
using MiniK8s.ApiServer.Cache;
using MiniK8s.ApiServer.Http.Negotiation;

namespace MiniK8s.ApiServer.Http.Resources;

/// <summary>Writes the events of one watch. Bytes are shared: nothing is encoded here but what no other watch of the same form has needed yet.</summary>
internal sealed class WatchStream(PipeWriter output, IObjectView view, bool allowsBookmarks)
{
    private const int FlushAt = 64 * 1024;

    /// <summary>An object that was there when the watch began.</summary>
    public ValueTask WriteInitialAsync(CachedObject value, CancellationToken cancellationToken)
    {
        Write(ChangeType.Added, view.Render(value));
        return FlushIfFullAsync(cancellationToken);
    }

    /// <summary>A change or a bookmark.</summary>
    public ValueTask WriteAsync(WatchItem item, CancellationToken cancellationToken)
    {
        if (item.Type is { } type)
        {
            var value = item.Object;
            Write(type, view.Name.Length == 0 ? value.Json : item.Change!.Renderings.Get(view.Name, value, view.Render));
        }
        else if (allowsBookmarks)
        {
            WriteBookmark(item.Revision, endsInitialEvents: false);
        }

        return FlushIfFullAsync(cancellationToken);
    }

    /// <summary>A promise that nothing is outstanding up to a revision.</summary>
    public void WriteBookmark(long revision, bool endsInitialEvents) => WriteLine("BOOKMARK"u8, view.Bookmark(revision, endsInitialEvents).Span);

    /// <summary>Why the watch ends.</summary>
    public void WriteError(Status status) => WriteLine("ERROR"u8, ApiSerializer.Serialize(status));

    /// <summary>Sends what was written.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken) => await output.FlushAsync(cancellationToken);

    private async ValueTask FlushIfFullAsync(CancellationToken cancellationToken)
    {
        if (output.CanGetUnflushedBytes && output.UnflushedBytes > FlushAt) await output.FlushAsync(cancellationToken);
    }

    private void Write(ChangeType type, ReadOnlyMemory<byte> value) => WriteLine(
        type switch { ChangeType.Added => "ADDED"u8, ChangeType.Modified => "MODIFIED"u8, _ => "DELETED"u8 }, value.Span);

    private void WriteLine(ReadOnlySpan<byte> type, ReadOnlySpan<byte> value)
    {
        output.Write("{\"type\":\""u8);
        output.Write(type);
        output.Write("\",\"object\":"u8);
        output.Write(value);
        output.Write("}\n"u8);
    }
}
