using MiniK8s.Api.Declarations;
using MiniK8s.Api.Schemas;

namespace MiniK8s.ApiServer.Http;

/// <summary>
/// A part of the API that is not a stored object: a subresource other than status, such as <c>pods/binding</c> or <c>pods/log</c>, or a
/// resource that is only created, such as <c>bindings</c>. Discovery lists it; authorization has happened before it is called.
/// </summary>
public interface IApiEndpoint
{
    /// <summary>The API group; empty for the core group.</summary>
    string Group { get; }

    /// <summary>The version.</summary>
    string Version { get; }

    /// <summary>The plural name of the resource.</summary>
    string Resource { get; }

    /// <summary>The subresource; empty for the resource itself.</summary>
    string Subresource { get; }

    /// <summary>Whether the resource lives in namespaces.</summary>
    bool Namespaced { get; }

    /// <summary>The kind of the bodies, which may be of another group than the resource.</summary>
    KindInfo Body { get; }

    /// <summary>The form of the bodies, for the description of the API; null leaves the endpoint out of it.</summary>
    Schema? BodySchema => null;

    /// <summary>The verbs that it knows, as <see cref="RequestInfo.Verb"/> has them.</summary>
    IReadOnlyList<string> Verbs { get; }

    /// <summary>Answers a request. A failure is an <see cref="Api.Errors.ApiException"/>.</summary>
    Task HandleAsync(HttpContext context);
}
