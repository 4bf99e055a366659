using System.ComponentModel;

namespace MiniK8s.Proxy.Netlink;

/// <summary>A batch was refused by the kernel, whole.</summary>
/// <param name="error">The error number (errno).</param>
/// <param name="sequence">The number of the message that was refused; that of the first for a failure of the whole.</param>
/// <param name="text">The kernel's own words; often empty.</param>
internal sealed class NetlinkBatchException(int error, uint sequence, string text)
    : Win32Exception(error, text.Length == 0 ? new Win32Exception(error).Message : $"{new Win32Exception(error).Message} ({text})")
{
    public uint Sequence => sequence;
}
