namespace MiniK8s.Api.Errors;

/// <summary>The reasons of a <c>Status</c> (metav1.StatusReason), by which programs tell refusals apart.</summary>
public static class StatusReasons
{
    public const string Unauthorized = nameof(Unauthorized);
    public const string Forbidden = nameof(Forbidden);
    public const string NotFound = nameof(NotFound);
    public const string AlreadyExists = nameof(AlreadyExists);
    public const string Conflict = nameof(Conflict);
    public const string Gone = nameof(Gone);
    public const string Expired = nameof(Expired);
    public const string Invalid = nameof(Invalid);
    public const string ServerTimeout = nameof(ServerTimeout);
    public const string Timeout = nameof(Timeout);
    public const string TooManyRequests = nameof(TooManyRequests);
    public const string BadRequest = nameof(BadRequest);
    public const string MethodNotAllowed = nameof(MethodNotAllowed);
    public const string NotAcceptable = nameof(NotAcceptable);
    public const string RequestEntityTooLarge = nameof(RequestEntityTooLarge);
    public const string UnsupportedMediaType = nameof(UnsupportedMediaType);
    public const string InternalError = nameof(InternalError);
    public const string ServiceUnavailable = nameof(ServiceUnavailable);
}
