using System.Buffers;
using MiniK8s.ApiServer.Cache;

namespace MiniK8s.ApiServer.Http.Negotiation;

/// <summary>Writes objects in one form.</summary>
internal interface IObjectView
{
    /// <summary>The name of the form, by which watches share what was made.</summary>
    string Name { get; }

    /// <summary>One object.</summary>
    ReadOnlyMemory<byte> Render(CachedObject value);

    /// <summary>A list up to its first object. Every list ends with <c>]}</c>.</summary>
    void WriteListHead(IBufferWriter<byte> output, ListPage page);

    /// <summary>One object of a list; the commas between them are written by who writes the list.</summary>
    void WriteItem(IBufferWriter<byte> output, CachedObject value);

    /// <summary>The object of a bookmark event.</summary>
    ReadOnlyMemory<byte> Bookmark(long revision, bool endsInitialEvents);
}

/// <summary>A page of a list.</summary>
/// <param name="Revision">The version of the list.</param>
/// <param name="Items">The objects.</param>
/// <param name="Continue">Where the next page begins; null on the last.</param>
/// <param name="Remaining">How many objects follow; null where that is not known.</param>
internal sealed record ListPage(long Revision, IReadOnlyList<CachedObject> Items, string? Continue, long? Remaining);
