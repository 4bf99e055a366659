using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using MiniK8s.Api.Decoding;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Api.Serialization;

namespace MiniK8s.ApiServer.Http.Negotiation;

/// <summary>Writes answers.</summary>
internal static class ResponseWriting
{
    /// <summary>JSON, or YAML where the client wants that.</summary>
    public static async Task WriteAsync(HttpContext context, int code, ReadOnlyMemory<byte> json, AnswerForm form)
    {
        var body = form.IsYaml ? Encoding.UTF8.GetBytes(YamlWriter.Write(JsonNode.Parse(json.Span))) : json;
        context.Response.StatusCode = code;
        context.Response.ContentType = form.ContentType;
        context.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method)) await context.Response.BodyWriter.WriteAsync(body, context.RequestAborted);
    }

    /// <summary>What was written into a buffer.</summary>
    public static Task WriteAsync(HttpContext context, ArrayBufferWriter<byte> json, AnswerForm form) =>
        WriteAsync(context, StatusCodes.Status200OK, json.WrittenMemory, form);

    /// <summary>A Status, with the headers that belong to it. Never fails for the sake of a form: errors are JSON.</summary>
    public static Task WriteStatusAsync(HttpContext context, Status status)
    {
        if (status.Details?.RetryAfterSeconds is { } seconds) context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return WriteAsync(context, status.Code ?? StatusCodes.Status500InternalServerError, ApiSerializer.Serialize(status), AnswerForm.Json);
    }

    /// <summary>Texts as <c>Warning</c> headers, which kubectl shows (KEP-1693): code 299, agent "-".</summary>
    public static void AddWarnings(HttpContext context, IReadOnlyList<string> warnings)
    {
        const int longest = 1024;
        foreach (var warning in warnings.Distinct())
        {
            var text = new string([.. warning.Take(longest).Select(character => char.IsControl(character) || character > '~' ? ' ' : character)]);
            context.Response.Headers.Append("Warning", $"299 - \"{text.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"");
        }
    }
}
