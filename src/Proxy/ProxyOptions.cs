using System.Net;
using System.Net.Sockets;
using MiniK8s.Proxy.Ipvs;
using MiniK8s.Proxy.Apply;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Modes;

namespace MiniK8s.Proxy;

/// <summary>How the proxy of one node works.</summary>
public sealed record ProxyOptions
{
    private const string Primary = "primary";

    /// <summary>Name of the Node that the rules are for: endpoints on it are local.</summary>
    public required string NodeName { get; init; }

    /// <summary>How the kernel is programmed: <c>nftables</c>, <c>iptables</c>, <c>ipvs</c>, or <c>auto</c> for the first of these that the machine can do.</summary>
    public string Mode { get; init; } = ProxyModes.Auto;

    /// <summary>Which iptables: <c>auto</c> for the system's choice, <c>nft</c> or <c>legacy</c>.</summary>
    public string IptablesVariant { get; init; } = "auto";

    /// <summary>
    /// How a virtual server of the mode <c>ipvs</c> chooses, by the kernel's name: rr, wrr, lc, wlc, lblc, lblcr, sh, dh, sed, nq, mh, fo or
    /// ovf. The kernel has none that chooses by chance, so this also serves Services whose balancing is random; those with round robin have rr.
    /// </summary>
    public string IpvsScheduler { get; init; } = IpvsSchedulers.Default;

    /// <summary>
    /// Where pods live, one block per family, separated by commas, such as <c>10.244.0.0/16</c>. What comes from elsewhere to a cluster
    /// IP is masqueraded. With a block of IPv6 that family is programmed too. Empty: nobody is known to be a pod, only IPv4 is programmed.
    /// </summary>
    public string ClusterCidr { get; init; } = "";

    /// <summary>How connections are spread where a Service does not say so itself (annotation <c>minik8s.io/balancing</c>).</summary>
    public Balancing Balancing { get; init; }

    /// <summary>
    /// Syncs begin no closer together; changes that come meanwhile travel together. Zero for no pause at all. Null for what suits the
    /// mode: none where a sync costs microseconds, 5 ms where it starts a process.
    /// </summary>
    public TimeSpan? MinSyncPeriod { get; init; }

    /// <summary>How often the kernel's rules are compared with what they should be, and how long a change may wait before /healthz complains.</summary>
    public TimeSpan SyncPeriod { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Hides every client of a cluster IP behind the node's address.</summary>
    public bool MasqueradeAll { get; init; }

    /// <summary>
    /// Blocks of addresses on which node ports answer, separated by commas, or <c>primary</c> for the Node object's own address. Empty for
    /// what kube-proxy does in the mode: <c>primary</c> with nftables, else every address of the node but loopback.
    /// </summary>
    public string NodePortAddresses { get; init; } = "";

    /// <summary>Where /healthz and /livez are served; empty for nowhere.</summary>
    public string HealthzBindAddress { get; init; } = "0.0.0.0:10256";

    /// <summary>Where /metrics, /proxyMode and /healthz are served; empty for nowhere.</summary>
    public string MetricsBindAddress { get; init; } = "127.0.0.1:10249";

    /// <summary>The pods' block of IPv4, when one is given.</summary>
    internal IPNetwork? PodCidrOf(IpFamily family) =>
        Parts(ClusterCidr).Select(part => family.TryParse(part, out IPNetwork block) ? block : (IPNetwork?)null).FirstOrDefault(block => block is not null);

    /// <summary>The iptables that the variant names.</summary>
    internal IptablesTools ToolsOf(IpFamily family) => new(family, IptablesVariant == "auto" ? "" : IptablesVariant);

    /// <summary>IPv4 always; IPv6 where pods have it.</summary>
    internal IReadOnlyList<IpFamily> Families => PodCidrOf(IpFamily.V6) is null ? [IpFamily.V4] : [IpFamily.V4, IpFamily.V6];

    internal IReadOnlyList<IPNetwork> NodePortRanges => [.. Parts(NodePortAddresses).Select(ParseBlock).OfType<IPNetwork>()];

    internal bool OnlyPrimaryNodePorts(string mode) => NodePortAddresses == Primary || (NodePortAddresses.Length == 0 && mode == ProxyModes.Nftables);

    internal TimeSpan MinSyncPeriodOf(string mode) => MinSyncPeriod ?? (mode == ProxyModes.Iptables ? TimeSpan.FromMilliseconds(5) : TimeSpan.Zero);

    /// <summary>What is wrong, each with field, value and what would be right; empty when all is well.</summary>
    public IEnumerable<string> Validate()
    {
        if (NodeName.Length == 0) yield return "--node-name: empty; give the name of the Node object of this machine";
        if (!ProxyModes.Names.Contains(Mode)) yield return $"--proxy-mode: \"{Mode}\" is unknown; give {string.Join(", ", ProxyModes.Names)}";
        if (IptablesVariant is not ("auto" or "nft" or "legacy")) yield return $"--iptables-variant: \"{IptablesVariant}\" is unknown; give auto, nft or legacy";
        if (IpvsSchedulers.Refusal(IpvsScheduler) is { } refusal) yield return refusal;
        if (MinSyncPeriod < TimeSpan.Zero) yield return $"--min-sync-period: {MinSyncPeriod} is negative";
        if (SyncPeriod <= TimeSpan.Zero) yield return $"--sync-period: {SyncPeriod} must be more than zero";
        if (MinSyncPeriod > SyncPeriod) yield return $"--min-sync-period: {MinSyncPeriod} is longer than --sync-period {SyncPeriod}";
        foreach (var block in Parts(ClusterCidr).Where(block => ParseBlock(block) is null)) yield return $"--cluster-cidr: \"{block}\" is no block such as 10.244.0.0/16";
        if (Parts(ClusterCidr).Select(ParseBlock).OfType<IPNetwork>().GroupBy(block => block.BaseAddress.AddressFamily).Any(family => family.Count() > 1))
            yield return $"--cluster-cidr: \"{ClusterCidr}\" has two blocks of one family; give at most one of each";
        foreach (var block in NodePortAddresses == Primary ? [] : Parts(NodePortAddresses).Where(block => ParseBlock(block) is null))
            yield return $"--nodeport-addresses: \"{block}\" is no block such as 192.168.0.0/16, nor the word primary";
        if (!IsBindAddress(HealthzBindAddress)) yield return $"--healthz-bind-address: \"{HealthzBindAddress}\" is no address and port such as 0.0.0.0:10256";
        if (!IsBindAddress(MetricsBindAddress)) yield return $"--metrics-bind-address: \"{MetricsBindAddress}\" is no address and port such as 127.0.0.1:10249";
    }

    private static string[] Parts(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static IPNetwork? ParseBlock(string text) =>
        IpFamily.V4.TryParse(text, out IPNetwork block) || IpFamily.V6.TryParse(text, out block) ? block : null;

    private static bool IsBindAddress(string text) => text.Length == 0
        || (IPEndPoint.TryParse(text, out var address) && address.Port != 0 && address.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6);
}
