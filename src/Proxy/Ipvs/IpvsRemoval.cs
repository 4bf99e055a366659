namespace MiniK8s.Proxy.Ipvs;

/// <summary>How to remove the virtual servers that are ours, before the device and the sets by which they are known go.</summary>
internal static class IpvsRemoval
{
    /// <summary>The operations. Connections through IPVS end with them.</summary>
    public static IReadOnlyList<IpvsOperation> Of(KernelState found)
    {
        var operations = new List<IpvsOperation>();
        foreach (var (address, server) in found.Servers)
        {
            if (!found.Bound.Contains(address.Address) && !found.Entries.Contains(SetEntry.Of(IpSet.NodeServer, address))) continue;
            foreach (var real in server.Weights.Keys) operations.Add(new IpvsOperation.DeleteReal(address, real));
            operations.Add(new IpvsOperation.DeleteServer(address));
        }
        return operations;
    }
}
