using MiniK8s.Api.Declarations;
using MiniK8s.Api.Schemas;

namespace MiniK8s.Api.OpenApi;

/// <summary>A resource as it is served: what a description of the API lists.</summary>
/// <param name="Kind">The kind.</param>
public sealed record OpenApiResource(ApiKind Kind)
{
    /// <summary>What clients may do, by the verbs of authorization: <c>create</c>, <c>delete</c>, <c>deletecollection</c>, <c>get</c>, <c>list</c>, <c>patch</c>, <c>update</c>, <c>watch</c>.</summary>
    public IReadOnlyCollection<string> Verbs { get; init; } = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

    /// <summary>What is served below an object.</summary>
    public IReadOnlyList<OpenApiSubresource> Subresources { get; init; } = [];
}

/// <summary>A path below an object.</summary>
/// <param name="Name">Such as <c>status</c>.</param>
/// <param name="Info">The kind that is read and written there: the object's own, or another such as <c>Eviction</c>.</param>
/// <param name="Schema">The form of that kind.</param>
public sealed record OpenApiSubresource(string Name, KindInfo Info, Schema Schema)
{
    /// <summary>What clients may do: <c>create</c>, <c>get</c>, <c>patch</c>, <c>update</c>.</summary>
    public IReadOnlyCollection<string> Verbs { get; init; } = ["get", "patch", "update"];

    /// <summary>The subresource <c>status</c> of a kind.</summary>
    public static OpenApiSubresource Status(ApiKind kind) => new("status", kind.Info, kind.Schema);
}
