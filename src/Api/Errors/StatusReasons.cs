namespace MiniK8s.Api.Errors;

/// <summary>The reasons of a <c>Status</c> (metav1.StatusReason), by which programs tell refusals apart.</summary>
public static class StatusReasons
{
    /// <summary>401: the server does not know who asks; credentials are missing or wrong.</summary>
    public const string Unauthorized = nameof(Unauthorized);

    /// <summary>403: the caller is known, but may not do this; asking again does not help.</summary>
    public const string Forbidden = nameof(Forbidden);

    /// <summary>404: there is no such object, resource or path.</summary>
    public const string NotFound = nameof(NotFound);

    /// <summary>409: an object of that name exists, so it cannot be created.</summary>
    public const string AlreadyExists = nameof(AlreadyExists);

    /// <summary>409: the object has changed since it was read, or a precondition fails; read it again and retry.</summary>
    public const string Conflict = nameof(Conflict);

    /// <summary>410: what was asked for is no longer there, and will not come back.</summary>
    public const string Gone = nameof(Gone);

    /// <summary>410: the resource version or continue token is too old; list again from the start.</summary>
    public const string Expired = nameof(Expired);

    /// <summary>422: the object breaks the rules of its kind; the causes name every bad field.</summary>
    public const string Invalid = nameof(Invalid);

    /// <summary>500: the server cannot do it just now; retry.</summary>
    public const string ServerTimeout = nameof(ServerTimeout);

    /// <summary>504: the server did not finish in time; whether a write happened is not known.</summary>
    public const string Timeout = nameof(Timeout);

    /// <summary>429: too much at once; retry after the seconds given.</summary>
    public const string TooManyRequests = nameof(TooManyRequests);

    /// <summary>400: the request itself makes no sense, such as a body that cannot be decoded.</summary>
    public const string BadRequest = nameof(BadRequest);

    /// <summary>405: the resource exists, but not this verb on it.</summary>
    public const string MethodNotAllowed = nameof(MethodNotAllowed);

    /// <summary>406: the server has none of the forms that the client accepts.</summary>
    public const string NotAcceptable = nameof(NotAcceptable);

    /// <summary>413: the body is larger than the server takes.</summary>
    public const string RequestEntityTooLarge = nameof(RequestEntityTooLarge);

    /// <summary>415: the server cannot read bodies of this content type.</summary>
    public const string UnsupportedMediaType = nameof(UnsupportedMediaType);

    /// <summary>500: the server's own fault, or an answer from behind it that it does not understand.</summary>
    public const string InternalError = nameof(InternalError);

    /// <summary>503: the server, or a part that the request needs, is away; retry later.</summary>
    public const string ServiceUnavailable = nameof(ServiceUnavailable);
}
