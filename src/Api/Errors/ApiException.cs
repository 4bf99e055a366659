using MiniK8s.Api.Meta.V1;

namespace MiniK8s.Api.Errors;

/// <summary>A request that the API refused, on the server before it is written and on the client after it was read.</summary>
public sealed class ApiException(Status status, Exception? inner = null) : Exception(status.Message ?? status.Reason ?? "unknown error", inner)
{
    /// <summary>The refusal: code, reason, details and causes.</summary>
    public Status Status { get; } = status;

    /// <summary>The HTTP code.</summary>
    public int Code => Status.Code ?? 500;

    /// <summary>One of <see cref="StatusReasons"/>, or empty.</summary>
    public string Reason => Status.Reason ?? "";

    /// <summary>The object is not there.</summary>
    public bool IsNotFound => Reason == StatusReasons.NotFound;

    /// <summary>The object changed since it was read: read again and retry.</summary>
    public bool IsConflict => Reason == StatusReasons.Conflict;

    /// <summary>An object of that name is there already.</summary>
    public bool IsAlreadyExists => Reason == StatusReasons.AlreadyExists;

    /// <summary>The version asked for is too old: list again.</summary>
    public bool IsGone => Reason is StatusReasons.Expired or StatusReasons.Gone;
}
