using MiniK8s.Api.Coordination.V1;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Discovery.V1;

namespace MiniK8s.Api.Schemas;

/// <summary>The kinds that are built in.</summary>
public static class ApiKinds
{
    /// <summary>All built-in kinds.</summary>
    public static KindTable Table { get; } = new(
    [
        ApiKind.Of<Binding>(),
        ApiKind.Of<ConfigMap>(),
        ApiKind.Of<Core.V1.Endpoints>(),
        ApiKind.Of<Event>(),
        ApiKind.Of<Namespace>(),
        ApiKind.Of<Node>(),
        ApiKind.Of<Pod>(),
        ApiKind.Of<Secret>(),
        ApiKind.Of<Service>(),
        ApiKind.Of<ServiceAccount>(),
        ApiKind.Of<Lease>(),
        ApiKind.Of<EndpointSlice>(),
    ]);

    /// <summary>The built-in kind that <typeparamref name="T"/> declares.</summary>
    /// <exception cref="KeyNotFoundException">It is not in the table.</exception>
    public static ApiKind Of<T>() where T : class, IResource<T> =>
        Table.ByKind(T.Info.Group, T.Info.Version, T.Info.Kind) ?? throw new KeyNotFoundException($"{T.Info.Kind} is not a built-in kind");
}
