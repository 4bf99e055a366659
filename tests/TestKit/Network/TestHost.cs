using System.Net;

namespace MiniK8s.TestKit.Network;

/// <summary>One machine of a <see cref="TestNetwork"/>: a namespace with one address on the common segment.</summary>
/// <param name="Name">The label, for example <c>node1</c>.</param>
/// <param name="Namespace">Where its processes run.</param>
/// <param name="Address">Its address on the segment, on the device <c>eth0</c>.</param>
/// <param name="PodSubnet">The subnet of its pods, to which every other host has a route; null for a machine without pods.</param>
public sealed record TestHost(string Name, NetworkNamespace Namespace, IPAddress Address, IPNetwork? PodSubnet)
{
    /// <summary>The first address of the pod subnet with its prefix length: what an engine takes as <c>--bip</c>.</summary>
    public string? PodGateway
    {
        get
        {
            if (PodSubnet is not { } subnet)
            {
                return null;
            }

            var bytes = subnet.BaseAddress.GetAddressBytes();
            bytes[3] += 1;
            return $"{new IPAddress(bytes)}/{subnet.PrefixLength}";
        }
    }
}
