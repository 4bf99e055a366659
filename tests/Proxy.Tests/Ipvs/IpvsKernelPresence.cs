using System.ComponentModel;
using MiniK8s.Proxy.Ipvs;

namespace MiniK8s.Proxy.Tests.Ipvs;

/// <summary>Whether the kernel of this process has IPVS.</summary>
internal static class IpvsKernelPresence
{
    private static readonly Lazy<string?> Missing = new(Look);

    /// <summary>Why not; null when it has.</summary>
    public static string? SkipReason => Missing.Value;

    private static string? Look()
    {
        try
        {
            using var kernel = new IpvsKernel(new KernelSettings());
            return kernel.HasIpvs ? null : "IPVS is not in this machine's kernel; UserModeTests and UserModeKillTests run this in one that has it";
        }
        catch (Win32Exception e)
        {
            return $"IPVS: {e.Message}";
        }
    }
}
