using System.Buffers;
using System.Text.Json;
using MiniK8s.ApiServer.Cache;
using MiniK8s.ApiServer.Registry;

namespace MiniK8s.ApiServer.Http.Negotiation;

/// <summary>Tables (KEP-541): the columns of the kind, one row an object.</summary>
internal sealed class TableView(IResourceRegistry registry, AnswerForm form, TimeProvider clock) : IObjectView
{
    private readonly MetadataView metadata = new(form.MetaVersion);

    /// <inheritdoc/>
    public string Name => $"table.{form.MetaVersion}.{form.IncludeObject}";

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Render(CachedObject value)
    {
        var output = new ArrayBufferWriter<byte>(1024);
        this.WriteList(output, new ListPage(value.Revision, [value], null, null));
        return output.WrittenMemory;
    }

    /// <inheritdoc/>
    public void WriteListHead(IBufferWriter<byte> output, ListPage page)
    {
        ObjectViews.WriteListHead(output, "Table", $"meta.k8s.io/{form.MetaVersion}", page);
        output.Write("\"columnDefinitions\":"u8);
        WriteColumns(output);
        output.Write(",\"rows\":["u8);
    }

    /// <inheritdoc/>
    public void WriteItem(IBufferWriter<byte> output, CachedObject value)
    {
        output.Write("{\"cells\":"u8);
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartArray();
            foreach (var cell in registry.Rows.Cells(value, clock.GetUtcNow())) WriteCell(writer, cell);
            writer.WriteEndArray();
        }

        if (form.IncludeObject != "None")
        {
            output.Write(",\"object\":"u8);
            if (form.IncludeObject == "Object") output.Write(value.Json.Span);
            else metadata.WriteItem(output, value);
        }

        output.Write("}"u8);
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Bookmark(long revision, bool endsInitialEvents)
    {
        // The version, and the end of the initial events, stand in the row's object, where clients look for an object's metadata.
        var output = new ArrayBufferWriter<byte>(1024);
        WriteListHead(output, new ListPage(revision, [], null, null));
        output.Write("{\"cells\":["u8);
        for (var index = 0; index < registry.Rows.Columns.Count; index++) output.Write(index == 0 ? "\"\""u8 : ",\"\""u8);
        output.Write("],\"object\":"u8);
        output.Write(metadata.Bookmark(revision, endsInitialEvents).Span);
        output.Write("}]}"u8);
        return output.WrittenMemory;
    }

    private void WriteColumns(IBufferWriter<byte> output)
    {
        using var writer = new Utf8JsonWriter(output);
        writer.WriteStartArray();
        foreach (var column in registry.Rows.Columns)
        {
            writer.WriteStartObject();
            writer.WriteString("name", column.Name);
            writer.WriteString("type", column.Type);
            writer.WriteString("format", column.Format);
            writer.WriteString("description", column.Description);
            writer.WriteNumber("priority", column.Priority);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteCell(Utf8JsonWriter writer, object cell)
    {
        switch (cell)
        {
            case string text: writer.WriteStringValue(text); break;
            case bool flag: writer.WriteBooleanValue(flag); break;
            case int number: writer.WriteNumberValue(number); break;
            case long number: writer.WriteNumberValue(number); break;
            case double number: writer.WriteNumberValue(number); break;
            case null: writer.WriteNullValue(); break;
            default: writer.WriteStringValue(cell.ToString()); break;
        }
    }
}
