using System.Globalization;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Decoding;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Api.Patching;
using MiniK8s.Api.Validation;

namespace MiniK8s.Api.Errors;

/// <summary>The refusals of the API, each as the <c>Status</c> that Kubernetes would send (apimachinery's api/errors).</summary>
public static class ApiErrors
{
    /// <summary>404: there is no object of that name.</summary>
    public static ApiException NotFound(KindInfo info, string name) =>
        Of(404, StatusReasons.NotFound, $"{info.GroupResource} \"{name}\" not found", About(info, name));

    /// <summary>404: there is nothing under that path.</summary>
    public static ApiException NoSuchPath() =>
        Of(404, StatusReasons.NotFound, "the server could not find the requested resource", new StatusDetails());

    /// <summary>409: an object of that name is there.</summary>
    public static ApiException AlreadyExists(KindInfo info, string name) =>
        Of(409, StatusReasons.AlreadyExists, $"{info.GroupResource} \"{name}\" already exists", About(info, name));

    /// <summary>409: the write was based on a version that is no longer the newest, or on a precondition that does not hold.</summary>
    /// <param name="info">The kind.</param>
    /// <param name="name">The object.</param>
    /// <param name="why">What stands in the way; null for a version that is too old.</param>
    public static ApiException Conflict(KindInfo info, string name, string? why = null) => Of(
        409, StatusReasons.Conflict,
        $"Operation cannot be fulfilled on {info.GroupResource} \"{name}\": {why ?? "the object has been modified; please apply your changes to the latest version and try again"}",
        About(info, name));

    /// <summary>422: fields are wrong.</summary>
    public static ApiException Invalid(KindInfo info, string? name, params IReadOnlyCollection<FieldError> errors) =>
        Invalid(info.Group, info.Kind, name, errors);

    /// <summary>422 for what is no stored kind, such as <c>PatchOptions</c> of <c>meta.k8s.io</c>.</summary>
    public static ApiException Invalid(string group, string kind, string? name, params IReadOnlyCollection<FieldError> errors)
    {
        var texts = errors.Select(error => error.ToString()).Distinct().ToList();
        var groupKind = group.Length == 0 ? kind : $"{kind}.{group}";
        var what = texts.Count == 1 ? texts[0] : $"[{string.Join(", ", texts)}]";
        return Of(422, StatusReasons.Invalid, $"{groupKind} \"{name}\" is invalid: {what}", new StatusDetails
        {
            Name = Absent(name),
            Group = Absent(group),
            Kind = kind,
            Causes = [.. errors.Select(error => new StatusCause { Reason = error.Reason, Message = error.Message, Field = error.Field })],
        });
    }

    /// <summary>400: the request makes no sense.</summary>
    public static ApiException BadRequest(string message) => Of(400, StatusReasons.BadRequest, message);

    /// <summary>400: the body is no object of the kind.</summary>
    public static ApiException Undecodable(KindInfo info, DecodingException error) => BadRequest(
        $"{info.Kind} in version \"{info.Version}\" cannot be handled as a {info.Kind}: {error.Message}");

    /// <summary>400, 422 or 413: the patch is none, does not fit the object, or costs too much.</summary>
    public static ApiException Unpatchable(KindInfo info, string name, PatchException error) => error.Failure switch
    {
        PatchFailure.Malformed => BadRequest(error.Message),
        PatchFailure.TooLarge => RequestEntityTooLarge(error.Message),
        _ => Of(422, StatusReasons.Invalid, $"the server rejected our request due to an error in our request: {error.Message}", About(info, name)),
    };

    /// <summary>401: the credentials are none that count.</summary>
    public static ApiException Unauthorized() => Of(401, StatusReasons.Unauthorized, "Unauthorized");

    /// <summary>403: the caller may not do this.</summary>
    public static ApiException Forbidden(Denial denial)
    {
        var resource = denial.Group.Length == 0 ? denial.Resource : $"{denial.Resource}.{denial.Group}";
        var place = denial.Namespace is null ? "at the cluster scope" : $"in the namespace \"{denial.Namespace}\"";
        var path = denial.Subresource is null ? denial.Resource : $"{denial.Resource}/{denial.Subresource}";
        var text = $"User \"{denial.User}\" cannot {denial.Verb} resource \"{path}\" in API group \"{denial.Group}\" {place}{Detail(denial.Reason)}";
        return Forbidden(resource, denial.Name, text, denial.Group, denial.Resource);
    }

    /// <summary>403 on a path that is no resource's.</summary>
    public static ApiException ForbiddenPath(string user, string verb, string path) => Of(
        403, StatusReasons.Forbidden, $"forbidden: User \"{user}\" cannot {verb} path \"{path}\"", new StatusDetails());

    /// <summary>403 for another reason than authorization, such as a namespace that is being deleted.</summary>
    public static ApiException Forbidden(KindInfo info, string? name, string why) => Forbidden(info.GroupResource, name, why, info.Group, info.Plural);

    /// <summary>405: the resource does not know the verb.</summary>
    public static ApiException MethodNotSupported(KindInfo info, string verb) => Of(
        405, StatusReasons.MethodNotAllowed, $"{verb} is not supported on resources of kind \"{info.GroupResource}\"", About(info, null));

    /// <summary>405 on a path that is no resource's, or where no verb name says more.</summary>
    public static ApiException MethodNotAllowed() =>
        Of(405, StatusReasons.MethodNotAllowed, "the server does not allow this method on the requested resource", new StatusDetails());

    /// <summary>406: none of the answers' media types is accepted.</summary>
    public static ApiException NotAcceptable(params IEnumerable<string> offered) => Of(
        406, StatusReasons.NotAcceptable, $"only the following media types are accepted: {string.Join(", ", offered)}");

    /// <summary>415: the body's media type is none that is read here.</summary>
    public static ApiException UnsupportedMediaType(string? contentType, params IEnumerable<string> readable) => Of(
        415, StatusReasons.UnsupportedMediaType,
        $"the body of the request was in an unknown format - accepted media types include: {string.Join(", ", readable)}{(contentType is null ? "" : $" (got {contentType})")}");

    /// <summary>413: the body, or what it makes of an object, is too large.</summary>
    public static ApiException RequestEntityTooLarge(string message) =>
        Of(413, StatusReasons.RequestEntityTooLarge, $"Request entity too large: {message}");

    /// <summary>410: the version or the continue token is too old; list again.</summary>
    public static ApiException ResourceExpired(string message) => Of(410, StatusReasons.Expired, message);

    /// <summary>410 for a watch from a version that is compacted.</summary>
    public static ApiException TooOldResourceVersion(long asked, long oldest) => ResourceExpired(
        string.Create(CultureInfo.InvariantCulture, $"too old resource version: {asked} ({oldest})"));

    /// <summary>429: the caller should come back later.</summary>
    public static ApiException TooManyRequests(string message, int retryAfterSeconds) =>
        Of(429, StatusReasons.TooManyRequests, message, new StatusDetails { RetryAfterSeconds = retryAfterSeconds });

    /// <summary>504: the server did not finish in time; whether the write happened is not known.</summary>
    public static ApiException Timeout(string message, int retryAfterSeconds = 0) =>
        Of(504, StatusReasons.Timeout, $"Timeout: {message}", Retry(retryAfterSeconds));

    /// <summary>500 with reason ServerTimeout: the server cannot do it now; the caller may retry.</summary>
    public static ApiException ServerTimeout(KindInfo info, string verb, int retryAfterSeconds) => Of(
        500, StatusReasons.ServerTimeout, $"The {verb} operation against {info.GroupResource} could not be completed at this time, please try again.",
        About(info, null) with { RetryAfterSeconds = retryAfterSeconds });

    /// <summary>504: a list or watch asks for a version that is not there yet.</summary>
    public static ApiException TooLargeResourceVersion(long asked, long current, int retryAfterSeconds) => Of(
        504, StatusReasons.Timeout, string.Create(CultureInfo.InvariantCulture, $"Too large resource version: {asked}, current: {current}"),
        new StatusDetails
        {
            RetryAfterSeconds = retryAfterSeconds,
            Causes = [new StatusCause { Reason = "ResourceVersionTooLarge", Message = "Too large resource version" }],
        });

    /// <summary>500: the server's own fault.</summary>
    public static ApiException InternalError(string message, Exception? inner = null) => Of(
        500, StatusReasons.InternalError, $"Internal error occurred: {message}", new StatusDetails { Causes = [new StatusCause { Message = message }] }, inner);

    /// <summary>503: a part that the request needs is away.</summary>
    public static ApiException ServiceUnavailable(string message, Exception? inner = null) =>
        Of(503, StatusReasons.ServiceUnavailable, message, inner: inner);

    private static ApiException Forbidden(string resource, string? name, string why, string group, string kind) => Of(
        403, StatusReasons.Forbidden,
        string.IsNullOrEmpty(name) ? $"{resource} is forbidden: {why}" : $"{resource} \"{name}\" is forbidden: {why}",
        new StatusDetails { Name = Absent(name), Group = Absent(group), Kind = kind });

    private static StatusDetails About(KindInfo info, string? name) => new() { Name = Absent(name), Group = Absent(info.Group), Kind = info.Plural };

    private static StatusDetails? Retry(int seconds) => seconds > 0 ? new StatusDetails { RetryAfterSeconds = seconds } : null;

    private static string? Absent(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static string Detail(string? reason) => string.IsNullOrEmpty(reason) ? "" : $": {reason}";

    private static ApiException Of(int code, string reason, string message, StatusDetails? details = null, Exception? inner = null) =>
        new(new Status { Outcome = "Failure", Message = message, Reason = reason, Details = details, Code = code }, inner);
}
