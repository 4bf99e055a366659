using MiniK8s.Proxy.Tests.Kit;

namespace MiniK8s.Proxy.Tests.Network;

/// <summary>
/// A real kube-proxy in the place of ours, where MINIK8S_TEST_KUBE_PROXY names one: for somebody who wants to know whether what the cases
/// expect of a packet is what Kubernetes does with it. What only our proxy can do, such as to serve in turn, fails then.
/// </summary>
internal static class KubeProxy
{
    /// <summary>The program; null where ours is tested.</summary>
    public static string? File { get; } = Environment.GetEnvironmentVariable("MINIK8S_TEST_KUBE_PROXY");

    /// <summary>Its command line. The limits of the host's conntrack table are not its business here.</summary>
    public static string[] Command(string file, string kubeconfig, string mode, string podBlocks) =>
    [
        file, "--kubeconfig", kubeconfig, "--hostname-override", Given.NodeName, "--proxy-mode", mode, "--cluster-cidr", podBlocks,
        "--metrics-bind-address", "127.0.0.1:10249", "--iptables-min-sync-period", "0s", "--iptables-sync-period", "5s", "--v", "2",
        // Node ports on loopback take route_localnet, which ours leaves alone.
        "--iptables-localhost-nodeports=false",
        "--conntrack-max-per-core", "0", "--conntrack-tcp-timeout-established", "0s", "--conntrack-tcp-timeout-close-wait", "0s",
    ];
}
