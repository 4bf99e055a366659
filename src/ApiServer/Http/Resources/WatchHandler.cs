using System.Security.Cryptography;
using MiniK8s.Api.Errors;
using MiniK8s.ApiServer.Cache;
using MiniK8s.ApiServer.Http.Negotiation;
using MiniK8s.ApiServer.Registry;

namespace MiniK8s.ApiServer.Http.Resources;

/// <summary>
/// Answers watches: one line of JSON for each event, until the time is up, the client leaves, or the server stops. What ends a watch
/// early, such as a client that reads too slowly, is told by an ERROR event with a Status of 410.
/// </summary>
/// <param name="clock">Time.</param>
/// <param name="stopping">Cancelled when the server stops: watches end in order then.</param>
internal sealed class WatchHandler(TimeProvider clock, CancellationToken stopping)
{
    private static readonly TimeSpan ShortestDefault = TimeSpan.FromMinutes(30);

    /// <summary>How long a watch that was ended as too slow may take to read its last lines.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(10);

    /// <summary>Answers a watch.</summary>
    public async Task HandleAsync(HttpContext context, IResourceRegistry registry)
    {
        var form = AnswerForm.Negotiate(context.Request) is { IsYaml: false } agreed
            ? agreed
            : throw ApiErrors.NotAcceptable("application/json");
        var parameters = ListParameters.Of(context.Request, isWatch: true);
        var filter = Selection.Of(registry, context.GetRequestInfo(), parameters);
        var start = await StartAsync(registry.Reader, parameters, context.RequestAborted);
        using var watch = registry.Reader.Cache.Subscribe(filter, start.After);

        // The time is spread, so that watches opened together do not all come back together.
        var time = parameters.Timeout ?? ShortestDefault * (1 + (RandomNumberGenerator.GetInt32(1000) / 1000.0));
        using var deadline = new CancellationTokenSource(time, clock);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stopping, context.RequestAborted);
        context.Response.ContentType = "application/json";
        await context.Response.StartAsync(context.RequestAborted);
        var stream = new WatchStream(context.Response.BodyWriter, ObjectViews.For(registry, form, clock), parameters.AllowsBookmarks);
        try
        {
            await RunAsync(stream, watch, filter, start, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            if (!context.RequestAborted.IsCancellationRequested) await stream.FlushAsync(context.RequestAborted);
        }
        catch (ApiException problem)
        {
            using var patience = new CancellationTokenSource(LastWords, clock);
            stream.WriteError(problem.Status);
            await stream.FlushAsync(patience.Token);
        }
    }

    private static async Task RunAsync(WatchStream stream, Subscription watch, ObjectFilter filter, Start start, CancellationToken end)
    {
        if (start.Initial is { } initial)
        {
            foreach (var value in initial.In(initial.RangeOf(filter.Namespace)))
            {
                if (filter.Selects(value)) await stream.WriteInitialAsync(value, end);
            }

            if (start.MarksEnd) stream.WriteBookmark(initial.Revision, endsInitialEvents: true);
        }

        foreach (var item in watch.Backlog) await stream.WriteAsync(item, end);
        await stream.FlushAsync(end);
        while (await watch.Items.WaitToReadAsync(end))
        {
            while (watch.Items.TryRead(out var item)) await stream.WriteAsync(item, end);
            await stream.FlushAsync(end);
        }
    }

    /// <summary>Where a watch begins, and with what ("Semantics for watch" in Kubernetes' API concepts, and KEP-3157).</summary>
    private static async ValueTask<Start> StartAsync(CacheReader reader, ListParameters parameters, CancellationToken cancellationToken)
    {
        var version = parameters.ResourceVersion;
        if (parameters.SendInitialEvents is { } sends)
        {
            var snapshot = version is > 0
                ? await reader.NotOlderThanAsync(version.Value, cancellationToken) ?? throw ApiErrors.TooLargeResourceVersion(version.Value, reader.Cache.Current.Revision, ListHandler.RetryAfterSeconds)
                : version is null ? await reader.ConsistentAsync(cancellationToken) : await AnyAsync(reader, cancellationToken);
            return sends ? new Start(snapshot.Revision, snapshot, parameters.AllowsBookmarks) : new Start(version is > 0 ? version.Value : snapshot.Revision, null, false);
        }

        if (version is > 0) return new Start(version.Value, null, false);
        var newest = version is null ? await reader.ConsistentAsync(cancellationToken) : await AnyAsync(reader, cancellationToken);
        return new Start(newest.Revision, newest, false);
    }

    private static ValueTask<CacheSnapshot> AnyAsync(CacheReader reader, CancellationToken cancellationToken) => reader.Cache.AtLeastAsync(0, cancellationToken);

    /// <param name="After">The revision after which changes are sent.</param>
    /// <param name="Initial">What is sent as ADDED before them; null for nothing.</param>
    /// <param name="MarksEnd">Whether a bookmark follows the initial objects.</param>
    private readonly record struct Start(long After, CacheSnapshot? Initial, bool MarksEnd);
}
