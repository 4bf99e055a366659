using MiniK8s.Api.Networking;
using MiniK8s.ApiServer.Registry;

namespace MiniK8s.ApiServer.Kinds;

/// <summary>The kinds that every MiniK8s serves, each with its rules.</summary>
public static class BuiltInKinds
{
    /// <summary>All of them, in the order of discovery. Bindings are not among them: they are never stored.</summary>
    /// <param name="network">The addresses and node ports that Services may have.</param>
    public static IReadOnlyList<KindRegistration> Create(ServiceNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return
        [
            KindRegistration.Of(new ConfigMapKind()), KindRegistration.Of(new EndpointsKind()), KindRegistration.Of(new EventKind()),
            KindRegistration.Of(new NamespaceKind()), KindRegistration.Of(new NodeKind()), KindRegistration.Of(new PodKind()),
            KindRegistration.Of(new SecretKind()), KindRegistration.Of(new ServiceAccountKind()), KindRegistration.Of(new ServiceKind(network)),
            KindRegistration.Of(new LeaseKind()), KindRegistration.Of(new EndpointSliceKind()),
        ];
    }
}
