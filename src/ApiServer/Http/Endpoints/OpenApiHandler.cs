using MiniK8s.Api.Errors;
using MiniK8s.Api.OpenApi;
using MiniK8s.ApiServer.Http.Discovery;
using MiniK8s.ApiServer.Http.Negotiation;
using MiniK8s.ApiServer.Registry;

namespace MiniK8s.ApiServer.Http.Endpoints;

/// <summary>Answers <c>/openapi</c>: the description of the API.</summary>
internal sealed class OpenApiHandler(ResourceTables tables)
{
    private volatile OpenApiDocuments? documents;

    /// <summary>
    /// The second version of OpenAPI, which kubectl asks for as protobuf where it finds nothing in the third. An empty document of that type
    /// is a valid answer that tells it to use what it knows itself; who asks for JSON gets a document without definitions.
    /// </summary>
    public Task V2Async(HttpContext context)
    {
        const string protobuf = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";
        var wantsJson = MediaRange.Parse(context.Request.Headers.Accept)[0].Type == "application/json";
        if (wantsJson)
        {
            return ResponseWriting.WriteAsync(
                context,
                StatusCodes.Status200OK,
                """{"swagger":"2.0","info":{"title":"Kubernetes","version":"v1.32.0"},"paths":{},"definitions":{}}"""u8.ToArray(),
                AnswerForm.Json);
        }

        context.Response.ContentType = protobuf;
        context.Response.ContentLength = 0;
        return Task.CompletedTask;
    }

    /// <summary>The index of the documents.</summary>
    public Task IndexAsync(HttpContext context) => ResponseWriting.WriteAsync(context, StatusCodes.Status200OK, Current().Index, AnswerForm.Json);

    /// <summary>The document of a group and version. The index names it with a hash, under which it never changes.</summary>
    /// <exception cref="ApiException">404: there is none.</exception>
    public Task GroupVersionAsync(HttpContext context, string path)
    {
        var document = Current().Find(path) ?? throw ApiErrors.NoSuchPath();
        var tag = $"\"{OpenApiDocument.Hash(document)}\"";
        context.Response.Headers.ETag = tag;
        context.Response.Headers.CacheControl = context.Request.Query.ContainsKey("hash") ? "public, immutable" : "no-cache, private";
        if (context.Request.Headers.IfNoneMatch != tag) return ResponseWriting.WriteAsync(context, StatusCodes.Status200OK, document, AnswerForm.Json);
        context.Response.StatusCode = StatusCodes.Status304NotModified;
        return Task.CompletedTask;
    }

    private OpenApiDocuments Current()
    {
        var known = documents;
        if (known?.Table != tables.Current) documents = known = OpenApiDocuments.Of(tables.Current);
        return known;
    }
}
