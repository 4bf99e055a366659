using MiniK8s.Api.Errors;
using MiniK8s.ApiServer.Http.Negotiation;
using MiniK8s.ApiServer.Registry;

namespace MiniK8s.ApiServer.Http.Discovery;

/// <summary>Answers <c>/api</c>, <c>/apis</c> and what lies directly below: which groups, versions and resources there are.</summary>
internal sealed class DiscoveryHandler(ResourceTables tables)
{
    private volatile DiscoveryDocuments documents = DiscoveryDocuments.Of(tables.Current);

    /// <summary>Answers a request.</summary>
    /// <exception cref="ApiException">404: there is no such group or version.</exception>
    public Task HandleAsync(HttpContext context, string path)
    {
        var current = documents;
        if (current.Table != tables.Current) documents = current = DiscoveryDocuments.Of(tables.Current);
        foreach (var range in MediaRange.Parse(context.Request.Headers.Accept))
        {
            if (range["as"] != AggregatedDiscovery.Kind || range["g"] != AggregatedDiscovery.Group || !range.Includes("application/json")) continue;
            if (current.FindAggregated(path, range["v"]) is { } bytes) return AggregatedAsync(context, bytes, range["v"]);
        }

        var form = AnswerForm.Negotiate(context.Request, hasViews: false);
        var document = current.Find(path) ?? throw ApiErrors.NoSuchPath();
        context.Response.Headers.Vary = "Accept";
        return ResponseWriting.WriteAsync(context, StatusCodes.Status200OK, document, form);
    }

    private static async Task AggregatedAsync(HttpContext context, ReadOnlyMemory<byte> document, string version)
    {
        context.Response.ContentType = $"application/json;g={AggregatedDiscovery.Group};v={version};as={AggregatedDiscovery.Kind}";
        context.Response.ContentLength = document.Length;
        context.Response.Headers.Vary = "Accept";
        if (!HttpMethods.IsHead(context.Request.Method)) await context.Response.BodyWriter.WriteAsync(document, context.RequestAborted);
    }
}
