namespace MiniK8s.Proxy.Nftables;

/// <summary>A chain that packets pass at a hook of the kernel.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type"><c>nat</c>, which sees the first packet of a connection only, or <c>filter</c>.</param>
/// <param name="Hook">Where.</param>
/// <param name="Priority">Before or after others at the same hook: the smaller the earlier. The kernel translates destinations at -100 and sources at 100.</param>
internal sealed record NftBaseChain(string Name, string Type, NftHook Hook, int Priority);

/// <summary>The hooks by the kernel's numbers (linux/netfilter.h).</summary>
internal enum NftHook
{
    /// <summary>All that comes in by a device, before routing.</summary>
    Prerouting,

    /// <summary>What is for this machine.</summary>
    Input,

    /// <summary>What is for others.</summary>
    Forward,

    /// <summary>What this machine sends.</summary>
    Output,

    /// <summary>All that leaves, after routing.</summary>
    Postrouting,
}
