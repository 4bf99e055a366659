using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace MiniK8s.ControllerManager.NodeIpam;

/// <summary>Cuts the cluster's pod addresses into one block for each node.</summary>
internal static class PodCidrPlanner
{
    /// <summary>The lowest block that overlaps none in use; null when all are.</summary>
    /// <param name="cluster">The addresses of all pods, such as 10.244.0.0/16.</param>
    /// <param name="blockLength">Prefix length of a node's block, such as 24.</param>
    /// <param name="used">Blocks that nodes have; texts that are no block are ignored.</param>
    public static IPNetwork? Lowest(IPNetwork cluster, int blockLength, IEnumerable<string> used)
    {
        var bits = Bits(cluster.BaseAddress);
        var count = UInt128.One << Math.Min(blockLength - cluster.PrefixLength, 32);
        var taken = new HashSet<UInt128>();
        foreach (var text in used)
        {
            if (!IPNetwork.TryParse(text, out var block) || block.BaseAddress.AddressFamily != cluster.BaseAddress.AddressFamily) continue;
            if (block.PrefixLength <= cluster.PrefixLength && block.Contains(cluster.BaseAddress)) return null;
            if (!cluster.Contains(block.BaseAddress)) continue;

            // A block larger than ours covers several of ours; a smaller one spoils the one it lies in.
            var first = (Number(block.BaseAddress) - Number(cluster.BaseAddress)) >> (bits - blockLength);
            var covered = UInt128.One << Math.Max(0, blockLength - block.PrefixLength);
            for (var i = UInt128.Zero; i < covered && first + i < count; i++) taken.Add(first + i);
        }

        for (var i = UInt128.Zero; i < count; i++)
        {
            if (!taken.Contains(i)) return new IPNetwork(Address(Number(cluster.BaseAddress) + (i << (bits - blockLength)), cluster.BaseAddress.AddressFamily), blockLength);
        }

        return null;
    }

    private static int Bits(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;

    private static UInt128 Number(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var written);
        return written == 4 ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    private static IPAddress Address(UInt128 number, AddressFamily family)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (family == AddressFamily.InterNetworkV6)
        {
            BinaryPrimitives.WriteUInt128BigEndian(bytes, number);
            return new IPAddress(bytes);
        }

        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)number);
        return new IPAddress(bytes[..4]);
    }
}
