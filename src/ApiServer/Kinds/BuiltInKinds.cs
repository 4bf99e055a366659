using MiniK8s.Api.Coordination.V1;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Api.Networking;
using MiniK8s.ApiServer.Registry;

namespace MiniK8s.ApiServer.Kinds;

/// <summary>The kinds that every MiniK8s serves, each with its rules.</summary>
public static class BuiltInKinds
{
    /// <summary>All of them, in the order of discovery.</summary>
    /// <param name="network">The addresses and node ports that Services may have.</param>
    public static IReadOnlyList<KindRegistration> Create(ServiceNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return
        [
            Plain<ConfigMap>(), Plain<Endpoints>(), Plain<Event>(), Plain<Namespace>(), Plain<Node>(), Plain<Pod>(), Plain<Secret>(),
            Plain<ServiceAccount>(), Plain<Service>(), Plain<Lease>(), Plain<EndpointSlice>(),
        ];
    }

    private static KindRegistration Plain<T>() where T : class, IResource<T> => KindRegistration.Of(new PlainKind<T>());

    /// <summary>A kind without rules of its own.</summary>
    private sealed class PlainKind<T> : ResourceKind<T> where T : class, IResource<T>;
}
