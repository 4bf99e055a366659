using MiniK8s.Api.Coordination.V1;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Discovery.V1;

namespace MiniK8s.ControllerManager.Namespaces;

/// <summary>Every kind that lives in namespaces, in the order in which a namespace is emptied.</summary>
internal static class NamespacedKinds
{
    /// <summary>
    /// Pods first, since they take longest; events last, since the others' end makes more of them. A test compares the list with
    /// the kinds of the object model.
    /// </summary>
    public static IReadOnlyList<INamespaceContent> All { get; } =
    [
        new NamespaceContent<Pod>(),
        new NamespaceContent<Service>(),
        new NamespaceContent<Endpoints>(),
        new NamespaceContent<EndpointSlice>(),
        new NamespaceContent<ConfigMap>(),
        new NamespaceContent<Secret>(),
        new NamespaceContent<ServiceAccount>(),
        new NamespaceContent<Lease>(),
        new NamespaceContent<Event>(),
    ];
}
