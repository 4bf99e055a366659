using System.ComponentModel;
using MiniK8s.Proxy.Netlink;

namespace MiniK8s.Proxy.Ipvs;

/// <summary>Takes virtual servers, device and sets out of the kernel. Rules that ask the sets must be gone before.</summary>
internal static class IpvsCleanup
{
    /// <summary>Removes all of ours of both families. Whether there was anything.</summary>
    /// <exception cref="IpvsException">Something could not be removed.</exception>
    public static bool Run()
    {
        try
        {
            // Asked first, and removed last: to ask for IPVS would load its modules on every machine.
            using var route = new NetlinkSocket(ServiceDevice.Protocol);
            if (!new ServiceDevice(route).Find()) return false;
            using var kernel = new IpvsKernel(new KernelSettings());
            kernel.Remove();
            return true;
        }
        catch (Win32Exception)
        {
            // A kernel without these parts of netlink holds nothing of ours.
            return false;
        }
    }
}
