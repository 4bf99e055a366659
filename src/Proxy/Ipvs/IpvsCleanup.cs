using System.ComponentModel;

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
            using var kernel = new IpvsKernel(new KernelSettings());
            return kernel.Remove();
        }
        catch (Win32Exception)
        {
            // A kernel without these parts of netlink holds nothing of ours.
            return false;
        }
    }
}
