using System.Net;
using System.Net.Sockets;
using MiniK8s.Api.Core.V1;

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
        public IEnumerable<string> AddressesOf(string family) => pod.Addresses.Where(address => AddressFamilies.Of(address) == family);
    }
}

/// <summary>The two address families under the names that the API gives them.</summary>
internal static class AddressFamilies
{
    public const string IPv4 = "IPv4";
    public const string IPv6 = "IPv6";

    /// <summary>The family of an address; null for what is no address.</summary>
    public static string? Of(string? address) => !IPAddress.TryParse(address, out var parsed) ? null
        : parsed.AddressFamily == AddressFamily.InterNetworkV6 ? IPv6 : IPv4;
}
