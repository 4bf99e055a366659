using MiniK8s.Proxy.Ipvs;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Nftables;
using MiniK8s.Proxy.Tests.Ipvs;
using MiniK8s.TestKit.Network;

namespace MiniK8s.Proxy.Tests.Network;

/// <summary>A way into the kernel that the cases are tried by.</summary>
/// <param name="Name">The name in the tests' messages.</param>
/// <param name="Options">What the proxy's command line takes for it.</param>
public sealed record ProxyMode(string Name, string[] Options)
{
    public static readonly ProxyMode IptablesNft = Iptables("nft");

    public static readonly ProxyMode IptablesLegacy = Iptables("legacy");

    public static readonly ProxyMode Nftables = new("nftables", ["--proxy-mode", "nftables"])
    {
        Tools = ["nft", "iptables-nft"],
        OnlyPrimaryNodePorts = true,
        Show = [["nft", "list", "table", "ip", NftTransaction.TableName], ["nft", "list", "table", "ip6", NftTransaction.TableName]],
        Damages =
        [
            ["nft", "delete", "table", "ip", NftTransaction.TableName],
            ["nft", "flush", "chain", "ip", NftTransaction.TableName, "services"],
            ["nft", "flush", "set", "ip", NftTransaction.TableName, "service-ips"],
        ],
    };

    public static readonly ProxyMode Ipvs = new("ipvs", ["--proxy-mode", "ipvs", "--iptables-variant", "legacy"])
    {
        Tools = ["iptables-legacy", "ip6tables-legacy", "ipset", "ipvsadm"],
        Variant = "legacy",
        Lacking = () => IpvsKernelPresence.SkipReason,
        // Not the virtual servers, nor the sets of their addresses: what is no longer wanted stays for a while, for the connections that it had.
        Show =
        [
            ["iptables-legacy-save"], ["ip6tables-legacy-save"],
            .. ((IpFamily[])[IpFamily.V4, IpFamily.V6]).SelectMany(family => IpSets.All.Except([IpSet.BoundIP, IpSet.NodeServer]).Select(set => (string[])["ipset", "save", IpSets.NameOf(set, family)])),
        ],
        Damages =
        [
            ["ip", "link", "del", IpvsDevice.Name],
            ["ipvsadm", "-C"],
            ["ipset", "flush", "KUBE-CLUSTER-IP"],
        ],
    };

    /// <summary>What the kernel lacks for the mode; null when it lacks nothing.</summary>
    public Func<string?> Lacking { get; private init; } = () => null;

    /// <summary>The programs that the mode, and the look at what it did, need.</summary>
    public string[] Tools { get; private init; } = [];

    /// <summary>Which iptables others on the node use beside the proxy: <c>nft</c> or <c>legacy</c>.</summary>
    public string Variant { get; private init; } = "nft";

    /// <summary>Whether node ports answer on the node's own address only, unless an option says otherwise.</summary>
    public bool OnlyPrimaryNodePorts { get; private init; }

    /// <summary>The commands that print the rules.</summary>
    public string[][] Show { get; private init; } = [];

    /// <summary>Commands after each of which cluster IPs do not work any more, until the proxy notices.</summary>
    public string[][] Damages { get; private init; } = [];

    /// <summary>The mode's name as <c>/proxyMode</c> gives it.</summary>
    public string Program => Options[1];

    /// <summary>Why this machine cannot do it; null when it can.</summary>
    public string? SkipReason => NetworkNamespace.SkipReason ?? Lacking() ?? TestKit.Processes.Tools.SkipReason([.. Tools, "conntrack"]);

    /// <summary>The iptables of this variant.</summary>
    public static ProxyMode Iptables(string variant) => new($"iptables-{variant}", ["--proxy-mode", "iptables", "--iptables-variant", variant])
    {
        Tools = [$"iptables-{variant}", $"ip6tables-{variant}"],
        Variant = variant,
        Show = [[$"iptables-{variant}-save"], [$"ip6tables-{variant}-save"]],
        Damages =
        [
            [$"iptables-{variant}", "-t", "nat", "-F"],
            [$"iptables-{variant}", "-t", "nat", "-F", "KUBE-SERVICES"],
            [$"iptables-{variant}", "-t", "nat", "-D", "PREROUTING", "1"],
        ],
    };

    public override string ToString() => Name;
}
