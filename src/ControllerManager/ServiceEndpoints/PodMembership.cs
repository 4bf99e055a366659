using MiniK8s.Api.Core.V1;
using MiniK8s.ControllerManager.Facts;

namespace MiniK8s.ControllerManager.ServiceEndpoints;

/// <summary>Which pods stand behind a Service, and which changes of a pod its Services must hear of.</summary>
internal static class PodMembership
{
    /// <summary>Whether the pod can be an endpoint at all: it has an address and has not ended.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="terminatingToo">Whether a pod in graceful deletion still counts.</param>
    public static bool IsEligible(Pod pod, bool terminatingToo) =>
        !pod.IsFinished && pod.Addresses.Any() && (terminatingToo || !pod.IsTerminating);

    /// <summary>The host name that the Service's DNS gives the pod: only where the pod's subdomain is the Service.</summary>
    public static string? HostnameFor(Pod pod, Service service) =>
        pod.Spec is { Hostname: { Length: > 0 } hostname, Subdomain: { } subdomain }
        && subdomain == service.Metadata.Name && pod.Metadata.Namespace == service.Metadata.Namespace ? hostname : null;

    /// <summary>Whether endpoints made from the two differ. The labels are apart: they decide about membership.</summary>
    public static bool EndpointChanged(Pod before, Pod after) =>
        before.Metadata.Uid != after.Metadata.Uid
        || before.IsReady != after.IsReady
        || before.IsTerminating != after.IsTerminating
        || before.IsFinished != after.IsFinished
        || before.NodeName != after.NodeName
        || !before.Addresses.SequenceEqual(after.Addresses);

    /// <summary>A reference to the pod, as endpoints carry it.</summary>
    public static ObjectReference Reference(Pod pod) => new()
    {
        Kind = Pod.Info.Kind, Namespace = pod.Metadata.Namespace, Name = pod.Metadata.Name, Uid = pod.Metadata.Uid,
    };
}
