using MiniK8s.Api.Errors;

namespace MiniK8s.ApiServer.Http.Pipeline;

/// <summary>
/// Refuses requests with 429 when too many are being served already, reads and writes counted apart, so that overload is answered at
/// once instead of growing. Long-running requests do not count.
/// </summary>
/// <param name="readOnly">Most reads at a time.</param>
/// <param name="mutating">Most writes at a time.</param>
internal sealed class InFlightLimit(int readOnly, int mutating) : IRequestStep
{
    private int reads;
    private int writes;

    /// <inheritdoc/>
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.GetRequestInfo();
        if (request.IsLongRunning || !request.IsResource) return next(context);
        return request.IsReadOnly ? CountAsync(context, next, ref reads, readOnly, () => Interlocked.Decrement(ref reads))
            : CountAsync(context, next, ref writes, mutating, () => Interlocked.Decrement(ref writes));
    }

    private static Task CountAsync(HttpContext context, RequestDelegate next, ref int count, int limit, Action leave)
    {
        if (Interlocked.Increment(ref count) <= limit) return ServeAsync(context, next, leave);
        leave();
        throw ApiErrors.TooManyRequests("the server has received too many requests and has asked us to try again later", 1);
    }

    private static async Task ServeAsync(HttpContext context, RequestDelegate next, Action leave)
    {
        try
        {
            await next(context);
        }
        finally
        {
            leave();
        }
    }
}
