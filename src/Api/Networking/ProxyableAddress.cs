using System.Net;
using System.Net.Sockets;

namespace MiniK8s.Api.Networking;

/// <summary>
/// Which addresses may stand behind a Service. Loopback and link-local ones would lead clients to a node's own ports or to a
/// cloud's metadata server (CVE-2021-25737).
/// </summary>
public static class ProxyableAddress
{
    /// <summary>Whether a proxy may send traffic there.</summary>
    public static bool IsAllowed(string? text) => IpText.TryParse(text, out var address) && Objections(address).Count == 0 && !IsInterfaceLocalMulticast(address);

    /// <summary>Why an address may not be an endpoint, as Kubernetes words it; empty when it may.</summary>
    public static IReadOnlyList<string> Objections(string? text) =>
        IpText.TryParse(text, out var address) ? Objections(address) : ["must be a valid IP address"];

    private static List<string> Objections(IPAddress address)
    {
        var objections = new List<string>();
        if (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)) objections.Add($"may not be unspecified ({address})");
        if (IPAddress.IsLoopback(address)) objections.Add("may not be in the loopback range (127.0.0.0/8, ::1/128)");
        if (IsLinkLocal(address)) objections.Add("may not be in the link-local range (169.254.0.0/16, fe80::/10)");
        if (IsLinkLocalMulticast(address)) objections.Add("may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)");
        return objections;
    }

    private static bool IsLinkLocal(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetwork ? address.GetAddressBytes() is [169, 254, _, _] : address.IsIPv6LinkLocal;

    private static bool IsLinkLocalMulticast(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetwork
            ? address.GetAddressBytes() is [224, 0, 0, _]
            : address.GetAddressBytes() is [0xff, var scope, ..] && (scope & 0x0f) == 2;

    private static bool IsInterfaceLocalMulticast(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 && address.GetAddressBytes() is [0xff, var scope, ..] && (scope & 0x0f) == 1;
}
