using MiniK8s.ApiServer.Http;
using MiniK8s.ApiServer.Http.Pipeline;
using MiniK8s.ApiServer.Registry;

namespace MiniK8s.ApiServer.Hosting;

/// <summary>What is put into an API server from outside: its kinds, its security, and endpoints that others serve.</summary>
public sealed record ApiServerParts
{
    /// <summary>The kinds; null for the built-in ones.</summary>
    public IReadOnlyList<KindRegistration>? Kinds { get; init; }

    /// <summary>TLS and users of the secure port. Without it there is no secure port, and everybody may do everything on the other.</summary>
    public ApiServerSecurity? Security { get; init; }

    /// <summary>Further steps of the pipeline, after authorization.</summary>
    public IReadOnlyList<IRequestStep> Steps { get; init; } = [];

    /// <summary>Endpoints beside those of the server itself, such as <c>pods/log</c>.</summary>
    public IReadOnlyList<IApiEndpoint> Endpoints { get; init; } = [];
}
