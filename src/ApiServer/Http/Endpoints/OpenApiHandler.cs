using MiniK8s.Api.Errors;
using MiniK8s.ApiServer.Http.Negotiation;

namespace MiniK8s.ApiServer.Http.Endpoints;

/// <summary>Answers <c>/openapi</c>.</summary>
internal sealed class OpenApiHandler
{
    /// <summary>
    /// The second version of OpenAPI, which kubectl asks for as protobuf where it finds nothing in the third. An empty document of that type
    /// is a valid answer that tells it to use what it knows itself.
    /// </summary>
    public Task V2Async(HttpContext context)
    {
        context.Response.ContentType = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";
        context.Response.ContentLength = 0;
        return Task.CompletedTask;
    }

    /// <summary>The index of the documents.</summary>
    public Task IndexAsync(HttpContext context) =>
        ResponseWriting.WriteAsync(context, StatusCodes.Status200OK, "{\"paths\":{}}"u8.ToArray(), AnswerForm.Json);

    /// <summary>The document of a group and version.</summary>
    public Task GroupVersionAsync(HttpContext context, string groupVersion) => throw ApiErrors.NoSuchPath();
}
