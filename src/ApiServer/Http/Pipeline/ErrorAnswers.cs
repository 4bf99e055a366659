using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using MiniK8s.Api.Decoding;
using MiniK8s.Api.Errors;
using MiniK8s.ApiServer.Http.Negotiation;
using MiniK8s.ApiServer.Storage;

namespace MiniK8s.ApiServer.Http.Pipeline;

/// <summary>Turns every failure into a Status, and none into a stack trace. The first step, so that nothing escapes it.</summary>
internal sealed class ErrorAnswers(ILogger<ErrorAnswers> logger) : IRequestStep
{
    /// <inheritdoc/>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; nobody reads an answer.
        }
        catch (Exception problem)
        {
            if (context.Response.HasStarted)
            {
                // Half an answer cannot be taken back: an aborted connection tells the client that it is not whole.
                logger.LogWarning(problem, "{Method} {Path} failed after its answer had begun", context.Request.Method, context.Request.Path.Value);
                context.Abort();
                return;
            }

            context.Response.Clear();
            await ResponseWriting.WriteStatusAsync(context, Explain(problem, context).Status);
        }
    }

    private ApiException Explain(Exception problem, HttpContext context)
    {
        switch (problem)
        {
            case ApiException known:
                return known;
            case DecodingException body:
                return ApiErrors.BadRequest(body.Message);
            case BadHttpRequestException bad:
                return ApiErrors.BadRequest(bad.Message);
            case CompactedException:
                return ApiErrors.ResourceExpired("The resourceVersion for the provided request is too old.");
            case FutureRevisionException future:
                return ApiErrors.Timeout(future.Message, 1);
            case StoreUnavailableException store:
                logger.LogWarning(store, "{Method} {Path}: the store is not available", context.Request.Method, context.Request.Path.Value);
                return ApiErrors.ServiceUnavailable($"the store is not available: {store.Message}");
            case ConnectionAbortedException or OperationCanceledException:
                return ApiErrors.ServiceUnavailable("the server is shutting down");
            case JsonException broken:
                logger.LogError(broken, "{Method} {Path}: a stored object does not decode", context.Request.Method, context.Request.Path.Value);
                return ApiErrors.InternalError($"the stored object at {context.Request.Path.Value} does not decode; it can be deleted by name");
            default:
                logger.LogError(problem, "{Method} {Path} failed", context.Request.Method, context.Request.Path.Value);
                return ApiErrors.InternalError("an unexpected error was logged by the server");
        }
    }
}
