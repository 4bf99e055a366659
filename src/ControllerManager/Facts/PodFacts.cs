using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Networking;

namespace MiniK8s.ControllerManager.Facts;

/// <summary>What a pod's status says, in one word each.</summary>
internal static class PodFacts
{
    extension(Pod pod)
    {
        /// <summary>The kubelet says that the pod may get traffic.</summary>
        public bool IsReady => pod.Status?.Conditions.Any(c => c is { Type: "Ready", Status: "True" }) == true;

        /// <summary>The pod ended and never runs again.</summary>
        public bool IsFinished => pod.Status?.Phase is "Succeeded" or "Failed";

        /// <summary>The pod's graceful deletion has begun.</summary>
        public bool IsTerminating => pod.Metadata.DeletionTimestamp is not null;

        /// <summary>The node that the pod is bound to; empty before.</summary>
        public string NodeName => pod.Spec?.NodeName ?? "";

        /// <summary>Every address of the pod, the primary one first.</summary>
        public IEnumerable<string> Addresses => pod.Status switch
        {
            null => [],
            { PodIPs: { Count: > 0 } all } => all.Select(ip => ip.Ip ?? "").Where(ip => ip.Length > 0),
            { PodIP: { Length: > 0 } primary } => [primary],
            _ => [],
        };

        /// <summary>The addresses of one family, <c>IPv4</c> or <c>IPv6</c>.</summary>
        public IEnumerable<string> AddressesOf(string family) => pod.Addresses.Where(address => IpText.FamilyOf(address) == family);
    }
}
