using System.Text;
using MiniK8s.Api.Errors;

namespace MiniK8s.ApiServer.Http.Endpoints;

/// <summary>One thing that must be well.</summary>
/// <param name="Name">Such as <c>store</c>.</param>
/// <param name="OnlyReadiness">Whether a failure means "not ready" but not "not alive".</param>
/// <param name="Check">Completes with null when it is well, else with what is wrong.</param>
internal sealed record HealthCheck(string Name, bool OnlyReadiness, Func<CancellationToken, ValueTask<string?>> Check);

/// <summary>
/// Answers <c>/livez</c>, <c>/readyz</c> and <c>/healthz</c>, each also with the name of one check behind it: <c>ok</c>, or what is wrong. With
/// <c>?verbose</c> every check is listed, with <c>?exclude=NAME</c> one is left out.
/// </summary>
internal sealed class HealthHandler(IReadOnlyList<HealthCheck> checks)
{
    /// <summary>Answers a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="endpoint"><c>livez</c>, <c>readyz</c> or <c>healthz</c>.</param>
    /// <param name="only">The one check that is asked for; empty for all.</param>
    public async Task HandleAsync(HttpContext context, string endpoint, string only)
    {
        var excluded = context.Request.Query["exclude"];
        var wanted = checks
            .Where(check => endpoint == "readyz" || !check.OnlyReadiness)
            .Where(check => only.Length == 0 ? !excluded.Contains(check.Name) : check.Name == only)
            .ToList();
        if (only.Length > 0 && wanted.Count == 0) throw ApiErrors.NoSuchPath();
        var report = new StringBuilder();
        var failed = false;
        foreach (var check in wanted)
        {
            var problem = await RunAsync(check, context.RequestAborted);
            failed |= problem is not null;
            report.Append(problem is null ? $"[+]{check.Name} ok\n" : $"[-]{check.Name} failed: {problem}\n");
        }

        var isVerbose = QueryParameters.Boolean(context.Request.Query, "verbose") == true;
        var text = failed ? $"{report}{endpoint} check failed\n" : isVerbose ? $"{report}{endpoint} check passed\n" : "ok";
        context.Response.StatusCode = failed ? StatusCodes.Status500InternalServerError : StatusCodes.Status200OK;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        await context.Response.WriteAsync(text, context.RequestAborted);
    }

    private static async ValueTask<string?> RunAsync(HealthCheck check, CancellationToken cancellationToken)
    {
        try
        {
            return await check.Check(cancellationToken);
        }
        catch (Exception problem) when (!cancellationToken.IsCancellationRequested)
        {
            return problem.Message;
        }
    }
}
