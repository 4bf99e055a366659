using MiniK8s.Api.Errors;
using MiniK8s.ApiServer.Security.Authentication;
using MiniK8s.ApiServer.Security.Authorization;

namespace MiniK8s.ApiServer.Http.Pipeline;

/// <summary>Lets through what the user may do, and answers 403 to the rest.</summary>
internal sealed class AuthorizationStep(Authorizer authorizer) : IRequestStep
{
    /// <inheritdoc/>
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.GetRequestInfo();
        var user = context.Features.Get<UserInfo>() ?? UserInfo.Anonymous;
        if (authorizer.IsAllowed(Question(context, request, user))) return next(context);
        throw request.IsResource
            ? ApiErrors.Forbidden(new Denial(user.Name, request.Verb, request.Group, request.Resource)
            {
                Subresource = OrNull(request.Subresource), Namespace = OrNull(request.Namespace), Name = OrNull(request.Name),
            })
            : ApiErrors.ForbiddenPath(user.Name, request.Verb, request.Path);
    }

    private static RequestAttributes Question(HttpContext context, RequestInfo request, UserInfo user) => new()
    {
        User = user,
        Verb = request.Verb,
        IsResource = request.IsResource,
        Group = request.Group,
        Resource = request.Resource,
        Subresource = request.Subresource,
        Namespace = request.Namespace,
        Name = request.Name,
        Path = request.Path,
        FieldSelector = context.Request.Query["fieldSelector"].ToString(),
    };

    private static string? OrNull(string text) => text.Length == 0 ? null : text;
}
