using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using MiniK8s.ApiServer.Registry;

namespace MiniK8s.ApiServer.Http.Negotiation;

/// <summary>The forms of a resource's objects.</summary>
internal static class ObjectViews
{
    private const int FlushAt = 64 * 1024;

    /// <summary>The view that was agreed upon.</summary>
    public static IObjectView For(IResourceRegistry registry, AnswerForm form, TimeProvider clock) => form.View switch
    {
        AnswerView.Table => new TableView(registry, form, clock),
        AnswerView.Metadata => new MetadataView(form.MetaVersion),
        _ => new PlainView(registry.Info),
    };

    /// <summary>A whole list.</summary>
    public static void WriteList(this IObjectView view, IBufferWriter<byte> output, ListPage page)
    {
        view.WriteListHead(output, page);
        for (var index = 0; index < page.Items.Count; index++)
        {
            if (index > 0) output.Write(","u8);
            view.WriteItem(output, page.Items[index]);
        }

        output.Write("]}"u8);
    }

    /// <summary>A whole list, sent while it is written, so that a long one needs no memory of its size.</summary>
    public static async Task SendListAsync(this IObjectView view, PipeWriter output, ListPage page, CancellationToken cancellationToken)
    {
        view.WriteListHead(output, page);
        for (var index = 0; index < page.Items.Count; index++)
        {
            if (index > 0) output.Write(","u8);
            view.WriteItem(output, page.Items[index]);
            if (output.CanGetUnflushedBytes && output.UnflushedBytes > FlushAt) await output.FlushAsync(cancellationToken);
        }

        output.Write("]}"u8);
        await output.FlushAsync(cancellationToken);
    }

    /// <summary>The beginning of every list, up to the end of its metadata.</summary>
    internal static void WriteListHead(IBufferWriter<byte> output, string kind, string apiVersion, ListPage page)
    {
        var text = new StringBuilder(200).Append(CultureInfo.InvariantCulture, $"{{\"kind\":\"{kind}\",\"apiVersion\":\"{apiVersion}\",\"metadata\":{{\"resourceVersion\":\"{page.Revision}\"");
        if (page.Continue is { } more) text.Append(CultureInfo.InvariantCulture, $",\"continue\":\"{more}\"");
        if (page.Remaining is { } remaining) text.Append(CultureInfo.InvariantCulture, $",\"remainingItemCount\":{remaining}");
        output.Write(Encoding.UTF8.GetBytes(text.Append("},").ToString()));
    }

    /// <summary>The object of a bookmark: nothing but a kind and a version.</summary>
    internal static ReadOnlyMemory<byte> BookmarkOf(string kind, string apiVersion, long revision, bool endsInitialEvents)
    {
        var annotation = endsInitialEvents ? ",\"annotations\":{\"k8s.io/initial-events-end\":\"true\"}" : "";
        return Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{{\"kind\":\"{kind}\",\"apiVersion\":\"{apiVersion}\",\"metadata\":{{\"resourceVersion\":\"{revision}\"{annotation}}}}}"));
    }
}
