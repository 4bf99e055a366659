using System.Text.Json;
using MiniK8s.Api.Errors;
using MiniK8s.ApiServer.Http.Discovery;
using MiniK8s.ApiServer.Http.Endpoints;
using MiniK8s.ApiServer.Http.Negotiation;
using MiniK8s.ApiServer.Http.Resources;

namespace MiniK8s.ApiServer.Http;

/// <summary>The end of the pipeline: sends resources to the resources' router, and answers all other paths.</summary>
internal sealed class ApiRouter(ResourceRouter resources, DiscoveryHandler discovery, HealthHandler health, OpenApiHandler openApi)
{
    private static readonly string[] Paths = ["/api", "/apis", "/healthz", "/livez", "/openapi/v2", "/openapi/v3", "/readyz", "/version"];

    /// <summary>Answers a request.</summary>
    /// <exception cref="ApiException">404: there is nothing at that path. 405: it can only be read.</exception>
    public Task HandleAsync(HttpContext context)
    {
        var request = context.GetRequestInfo();
        if (request.IsResource) return resources.HandleAsync(context);
        if (request.Verb is not ("get" or "head")) throw ApiErrors.MethodNotAllowed();
        var path = request.Path.Length > 1 ? request.Path.TrimEnd('/') : request.Path;
        return path.Split('/', StringSplitOptions.RemoveEmptyEntries) switch
        {
            [] => DocumentAsync(context, JsonSerializer.SerializeToUtf8Bytes(new { paths = Paths })),
            ["api" or "apis", ..] => discovery.HandleAsync(context, path),
            ["version"] => DocumentAsync(context, VersionDocument.Json),
            ["livez" or "readyz" or "healthz"] => health.HandleAsync(context, path[1..], ""),
            ["livez" or "readyz" or "healthz", var check] => health.HandleAsync(context, path.Split('/')[1], check),
            ["openapi", "v2"] => openApi.V2Async(context),
            ["openapi", "v3"] => openApi.IndexAsync(context),
            ["openapi", "v3", .. var rest] => openApi.GroupVersionAsync(context, string.Join('/', rest)),
            _ => throw ApiErrors.NoSuchPath(),
        };
    }

    private static Task DocumentAsync(HttpContext context, ReadOnlyMemory<byte> json) =>
        ResponseWriting.WriteAsync(context, StatusCodes.Status200OK, json, AnswerForm.Negotiate(context.Request, hasViews: false));
}
