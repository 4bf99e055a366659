using System.Buffers;
using MiniK8s.Api.Errors;
using MiniK8s.ApiServer.Cache;
using MiniK8s.ApiServer.Http.Negotiation;
using MiniK8s.ApiServer.Registry;
using MiniK8s.ApiServer.Storage;

namespace MiniK8s.ApiServer.Http.Resources;

/// <summary>Answers lists, whole or in pages, at the freshness asked for (the table of "Semantics for get and list" in Kubernetes' API concepts).</summary>
internal sealed class ListHandler(TimeProvider clock)
{
    /// <summary>When to come back for a version that is not there yet.</summary>
    public const int RetryAfterSeconds = 1;

    /// <summary>Answers a list.</summary>
    public async Task HandleAsync(HttpContext context, IResourceRegistry registry)
    {
        var form = AnswerForm.Negotiate(context.Request);
        var parameters = ListParameters.Of(context.Request, isWatch: false);
        var page = await ReadAsync(registry, context.GetRequestInfo(), parameters, context.RequestAborted);
        await AnswerAsync(context, ObjectViews.For(registry, form, clock), form, page);
    }

    /// <summary>Sends a page in a view.</summary>
    public static async Task AnswerAsync(HttpContext context, IObjectView view, AnswerForm form, ListPage page)
    {
        if (form.IsYaml || HttpMethods.IsHead(context.Request.Method))
        {
            var output = new ArrayBufferWriter<byte>();
            view.WriteList(output, page);
            await ResponseWriting.WriteAsync(context, output, form);
            return;
        }

        context.Response.ContentType = form.ContentType;
        await view.SendListAsync(context.Response.BodyWriter, page, context.RequestAborted);
    }

    /// <summary>The page that a request asks for.</summary>
    public static async Task<ListPage> ReadAsync(
        IResourceRegistry registry, RequestInfo request, ListParameters parameters, CancellationToken cancellationToken)
    {
        var filter = Selection.Of(registry, request, parameters);
        var token = parameters.Continue.Length > 0 ? ContinueToken.Parse(parameters.Continue) : null;
        var snapshot = await SnapshotAsync(registry.Reader, parameters, token, cancellationToken);
        return Take(snapshot, filter, parameters, token);
    }

    private static async Task<CacheSnapshot> SnapshotAsync(
        CacheReader reader, ListParameters parameters, ContinueToken? token, CancellationToken cancellationToken)
    {
        if (token is { Revision: not ContinueToken.Newest }) return await PageAsync(reader, token, cancellationToken);
        if (token is not null) return await reader.ConsistentAsync(cancellationToken);
        switch (parameters)
        {
            case { ResourceVersion: null }:
                return await reader.ConsistentAsync(cancellationToken);
            case { Match: "Exact", ResourceVersion: { } exact }:
                return await reader.AtAsync(exact, cancellationToken);
            default:
                var least = parameters.ResourceVersion.Value;
                return await reader.NotOlderThanAsync(least, cancellationToken) ?? throw ApiErrors.TooLargeResourceVersion(least, reader.Cache.Current.Revision, RetryAfterSeconds);
        }
    }

    private static async Task<CacheSnapshot> PageAsync(CacheReader reader, ContinueToken token, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.AtAsync(token.Revision, cancellationToken);
        }
        catch (CompactedException)
        {
            throw Refusals.ContinueExpired(new ContinueToken(ContinueToken.Newest, token.After).ToString());
        }
    }

    private static ListPage Take(CacheSnapshot snapshot, ObjectFilter filter, ListParameters parameters, ContinueToken? token)
    {
        var range = snapshot.RangeOf(filter.Namespace, token?.After ?? "");
        var limit = parameters.Limit > 0 ? parameters.Limit : int.MaxValue;
        var items = new List<CachedObject>();
        var seen = 0;
        var hasMore = false;
        foreach (var value in snapshot.In(range))
        {
            if (filter.Selects(value))
            {
                if (hasMore = items.Count == limit) break;
                items.Add(value);
            }

            seen++;
        }

        if (!hasMore) return new ListPage(snapshot.Revision, items, null, null);
        var revision = token?.Revision == ContinueToken.Newest ? ContinueToken.Newest : snapshot.Revision;
        var (_, total) = range.GetOffsetAndLength(snapshot.Objects.Count);
        return new ListPage(
            snapshot.Revision, items, new ContinueToken(revision, items[^1].Key).ToString(), parameters.SelectsAll ? total - seen : null);
    }
}
