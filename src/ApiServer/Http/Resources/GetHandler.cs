using MiniK8s.Api.Errors;
using MiniK8s.ApiServer.Http.Negotiation;
using MiniK8s.ApiServer.Registry;

namespace MiniK8s.ApiServer.Http.Resources;

/// <summary>Answers reads of one object.</summary>
internal sealed class GetHandler(TimeProvider clock)
{
    /// <summary>Answers a read.</summary>
    /// <exception cref="ApiException">404: there is no such object.</exception>
    public async Task HandleAsync(HttpContext context, IResourceRegistry registry)
    {
        var form = AnswerForm.Negotiate(context.Request);
        var request = context.GetRequestInfo();
        var reader = registry.Reader;
        var parameters = ListParameters.Of(context.Request, isWatch: false);
        var snapshot = parameters.ResourceVersion is { } least
            ? await reader.NotOlderThanAsync(least, context.RequestAborted) ?? throw ApiErrors.TooLargeResourceVersion(least, reader.Cache.Current.Revision, ListHandler.RetryAfterSeconds)
            : await reader.ConsistentAsync(context.RequestAborted);
        var found = snapshot.Find(registry.KeyOf(request).ToString()) ?? throw ApiErrors.NotFound(registry.Info, request.Name);
        await ResponseWriting.WriteAsync(context, StatusCodes.Status200OK, ObjectViews.For(registry, form, clock).Render(found), form);
    }
}
