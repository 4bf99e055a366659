using MiniK8s.Api.Errors;

namespace MiniK8s.ApiServer.Http.Pipeline;

/// <summary>Ends requests that take too long with 504. A client may ask for less with <c>?timeout=</c>. Long-running requests have no limit here.</summary>
/// <param name="limit">The longest time.</param>
/// <param name="clock">Time.</param>
internal sealed class TimeLimit(TimeSpan limit, TimeProvider clock) : IRequestStep
{
    /// <inheritdoc/>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetRequestInfo().IsLongRunning)
        {
            await next(context);
            return;
        }

        var time = QueryParameters.Duration(context.Request.Query, "timeout") is { } asked && asked > TimeSpan.Zero && asked < limit ? asked : limit;
        using var deadline = new CancellationTokenSource(time, clock);
        var gone = context.RequestAborted;
        using var both = CancellationTokenSource.CreateLinkedTokenSource(gone, deadline.Token);
        context.RequestAborted = both.Token;
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !gone.IsCancellationRequested)
        {
            throw ApiErrors.Timeout("request did not complete within the allotted timeout");
        }
        finally
        {
            context.RequestAborted = gone;
        }
    }
}
