namespace MiniK8s.Proxy.Netlink;

/// <summary>Flags of a netlink message (linux/netlink.h).</summary>
[Flags]
internal enum NetlinkFlags : ushort
{
    None = 0,
    Request = 0x1,
    Acknowledge = 0x4,

    /// <summary>Set by the kernel: what was dumped changed meanwhile.</summary>
    Interrupted = 0x10,

    /// <summary>For new things: fail where it is there already.</summary>
    Exclusive = 0x200,

    /// <summary>For new things: make it where it is not there.</summary>
    Create = 0x400,

    /// <summary>For new things: at the end.</summary>
    Append = 0x800,

    /// <summary>Everything, not one.</summary>
    Dump = 0x300,
}
