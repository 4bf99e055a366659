using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Networking;

namespace MiniK8s.ApiServer.Kinds;

/// <summary>Fields that are accepted and have no effect.</summary>
internal static class ServiceWarnings
{
    public static IEnumerable<string> Of(Service service)
    {
        var spec = service.Spec ?? new();
        if (ServiceNeeds.IsHeadless(spec))
        {
            if (!string.IsNullOrEmpty(spec.LoadBalancerIP)) yield return "spec.loadBalancerIP is ignored when spec.clusterIP is set to \"None\"";
            if (spec.ExternalIPs.Count > 0) yield return "spec.externalIPs is ignored when spec.clusterIP is set to \"None\"";
            if (spec.SessionAffinity is not (null or "None")) yield return "spec.SessionAffinity is ignored when spec.clusterIP is set to \"None\"";
        }
        if (spec.Type == "ExternalName")
        {
            if (spec.ExternalIPs.Count > 0) yield return "spec.externalIPs is ignored when spec.type is \"ExternalName\"";
            if (spec.SessionAffinity is not (null or "None")) yield return "spec.SessionAffinity is ignored when spec.type is \"ExternalName\"";
        }
    }
}
