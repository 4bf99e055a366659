using MiniK8s.TestKit.Network;

namespace MiniK8s.E2E.Tests.Clusters;

/// <summary>What the proxy has in a node's kernel, in whichever mode it works.</summary>
internal static class NodeRules
{
    private static readonly string[] OwnNames = ["KUBE-", "MINIK8S-", "minik8s-proxy"];

    /// <summary>All rules of iptables and the proxy's own nftables table, as text.</summary>
    public static async Task<string> ReadAsync(TestHost host, CancellationToken cancellationToken)
    {
        var iptables = await host.Namespace.RunAsync(["iptables-save"], cancellationToken: cancellationToken);
        var nftables = await host.Namespace.TryAsync(["nft", "list", "table", "ip", "minik8s-proxy"], cancellationToken: cancellationToken);
        return iptables + nftables.Output;
    }

    /// <summary>Fails when anything of the proxy is there.</summary>
    public static async Task AssertNoneAsync(TestHost host, CancellationToken cancellationToken)
    {
        var rules = await ReadAsync(host, cancellationToken);
        Assert.All(OwnNames, name => Assert.DoesNotContain(name, rules, StringComparison.Ordinal));
    }
}
