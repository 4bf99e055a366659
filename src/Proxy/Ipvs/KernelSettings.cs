using System.ComponentModel;

namespace MiniK8s.Proxy.Ipvs;

/// <summary>The settings without which IPVS does not do what Services need (ip-vs sysctls of the kernel's documentation).</summary>
/// <param name="root">Where the settings are; <c>/proc/sys</c> but in tests.</param>
internal sealed class KernelSettings(string root = "/proc/sys")
{
    private static readonly (string Name, string Value)[] Wanted =
    [
        // Connections through IPVS are tracked: else nothing could be masqueraded.
        ("conntrack", "1"),
        // UDP clients of an endpoint that is gone get another with their next packet.
        ("expire_nodest_conn", "1"),
        // Clients with affinity do not stay with an endpoint that takes no more connections.
        ("expire_quiescent_template", "1"),
    ];

    /// <summary>Sets what differs.</summary>
    /// <exception cref="IpvsException">A setting is missing or cannot be changed.</exception>
    public void Apply()
    {
        foreach (var (name, value) in Wanted)
        {
            var path = Path.Combine(root, "net/ipv4/vs", name);
            try
            {
                if (File.ReadAllText(path).Trim() != value) File.WriteAllText(path, value);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new IpvsException($"net.ipv4.vs.{name} must be {value} and cannot be set", new Win32Exception(e.Message));
            }
        }
    }
}
