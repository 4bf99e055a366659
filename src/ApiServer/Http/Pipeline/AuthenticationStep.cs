using MiniK8s.Api.Errors;
using MiniK8s.ApiServer.Security.Authentication;

namespace MiniK8s.ApiServer.Http.Pipeline;

/// <summary>
/// Finds out who sends the request, and keeps it as the request's <see cref="UserInfo"/>. Plain HTTP is the loopback port that the user
/// opened for whoever is on the machine.
/// </summary>
internal sealed class AuthenticationStep(RequestAuthenticator authenticator) : IRequestStep
{
    /// <inheritdoc/>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        context.Features.Set(context.Request.IsHttps ? await WhoAsync(context) : UserInfo.InsecureLoopback);
        await next(context);
    }

    private async Task<UserInfo> WhoAsync(HttpContext context)
    {
        var certificate = context.Connection.ClientCertificate ?? await context.Connection.GetClientCertificateAsync(context.RequestAborted);
        return authenticator.Authenticate(context.Request.Headers.Authorization, certificate) switch
        {
            Authentication.Known known => known.User,
            Authentication.Refused => throw ApiErrors.Unauthorized(),
            _ => UserInfo.Anonymous,
        };
    }
}
