namespace MiniK8s.ApiServer.Http.Pipeline;

/// <summary>
/// One step that every request passes on its way to its handler, in the order of <see cref="RequestPipeline"/>. Authentication and
/// authorization are such steps: a refusal is an <see cref="Api.Errors.ApiException"/>, which becomes a Status.
/// </summary>
public interface IRequestStep
{
    /// <summary>Does its part and calls <paramref name="next"/>, or throws, or answers the request itself.</summary>
    Task InvokeAsync(HttpContext context, RequestDelegate next);
}
