using System.Buffers;
using System.Globalization;
using System.Text;
using MiniK8s.ApiServer.Registry;

namespace MiniK8s.ApiServer.Http.Negotiation;

/// <summary>The forms of a resource's objects.</summary>
internal static class ObjectViews
{
    /// <summary>The view that was agreed upon.</summary>
    public static IObjectView For(IResourceRegistry registry, AnswerForm form, TimeProvider clock) => form.View switch
    {
        AnswerView.Table => new TableView(registry, form, clock),
        AnswerView.Metadata => new MetadataView(form.MetaVersion),
        _ => new PlainView(registry.Info),
    };

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
