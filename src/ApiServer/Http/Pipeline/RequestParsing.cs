namespace MiniK8s.ApiServer.Http.Pipeline;

/// <summary>Reads once what the request is about, for all steps after it.</summary>
internal sealed class RequestParsing(RequestInfoParser parser) : IRequestStep
{
    /// <inheritdoc/>
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        context.Features.Set(parser.Parse(context.Request.Method, context.Request.Path.Value ?? "/", context.Request.Query));
        return next(context);
    }
}
