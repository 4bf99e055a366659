using MiniK8s.Api.Declarations;
using MiniK8s.Api.Values;

namespace MiniK8s.Api.Core.V1;

/// <summary>An HTTP GET; a status from 200 to 399 is success.</summary>
public sealed record HTTPGetAction
{
    /// <summary>Host to ask; the pod's address unless given.</summary>
    [Proto(3)]
    public string? Host { get; init; }

    /// <summary>Headers of the request; a name may come twice.</summary>
    [Proto(5), Atomic]
    public IReadOnlyList<HTTPHeader> HttpHeaders { get; init => field = value ?? []; } = [];

    /// <summary>Path of the request; <c>/</c> unless given.</summary>
    [Proto(1)]
    public string? Path { get; init; }

    /// <summary>Port number, or the name of a container port.</summary>
    [Proto(2), Required]
    public IntOrString? Port { get; init; }

    /// <summary><c>HTTP</c> (the default) or <c>HTTPS</c>; certificates are not checked.</summary>
    [Proto(4), OneOf("HTTP", "HTTPS")]
    public string? Scheme { get; init; }
}
