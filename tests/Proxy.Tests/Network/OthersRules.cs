using System.Text.RegularExpressions;

namespace MiniK8s.Proxy.Tests.Network;

/// <summary>
/// What else is on a node: an iptables FORWARD chain that drops and the rules beside it as Docker makes them, rules of an
/// administrator, and a table of nftables.
/// </summary>
internal sealed partial class OthersRules : IAsyncDisposable
{
    private const string NftTable = "administrator";
    private readonly ProxyNetwork net;

    private OthersRules(ProxyNetwork net) => this.net = net;

    public static async Task<OthersRules> PlaceAsync(ProxyNetwork net)
    {
        await net.Node.Namespace.RunAsync(
            [$"iptables-{net.Mode.Variant}-restore"],
            $"""
            *nat
            :DOCKER - [0:0]
            :ADMIN - [0:0]
            -A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER
            -A PREROUTING -p tcp -m tcp --dport 9999 -j ADMIN
            -A OUTPUT ! -d 127.0.0.0/8 -m addrtype --dst-type LOCAL -j DOCKER
            -A POSTROUTING -s 172.30.0.0/16 ! -o docker9 -j MASQUERADE
            -A DOCKER -i docker9 -j RETURN
            -A ADMIN -p tcp -j DNAT --to-destination 192.0.2.7:9
            COMMIT
            *filter
            :FORWARD DROP [0:0]
            :DOCKER-USER - [0:0]
            -A INPUT -p tcp -m tcp --dport 2222 -j ACCEPT
            -A FORWARD -j DOCKER-USER
            -A FORWARD -o {Pod.Bridge} -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
            -A FORWARD -i {Pod.Bridge} ! -o {Pod.Bridge} -j ACCEPT
            -A FORWARD -i {Pod.Bridge} -o {Pod.Bridge} -j ACCEPT
            -A DOCKER-USER -j RETURN
            COMMIT

            """);
        await net.Node.Namespace.RunAsync(
            ["nft", "-f", "-"],
            $$"""
            table inet {{NftTable}} {
              set friends { type ipv4_addr; elements = { 192.0.2.1, 192.0.2.2 }; }
              chain input { type filter hook input priority 10; policy accept; ip saddr @friends tcp dport 22 accept; }
            }
            """);
        return new OthersRules(net);
    }

    /// <summary>All rules of others, without counts, dates and what is the proxy's own.</summary>
    public async Task<string> ReadAsync() => string.Join('\n', (await LinesAsync()).Where(line => !IsOurs(line)));

    /// <summary>What there is of the proxy's own in the tables of others.</summary>
    public async Task<string> ReadForeignAsync()
    {
        var tables = (await net.Node.Namespace.RunAsync(["nft", "list", "tables"])).Split('\n').Where(IsOurs);
        return string.Join('\n', (await LinesAsync()).Where(IsOurs).Concat(tables));
    }

    public async ValueTask DisposeAsync() => await net.Node.Namespace.TryAsync(["nft", "delete", "table", "inet", NftTable]);

    private async Task<IEnumerable<string>> LinesAsync()
    {
        var saved = "";
        foreach (var table in (string[])["nat", "filter"]) saved += await net.Node.Namespace.RunAsync([$"iptables-{net.Mode.Variant}-save", "-t", table]);
        saved += await net.Node.Namespace.RunAsync(["nft", "list", "table", "inet", NftTable]);
        return saved.Split('\n').Where(line => !line.StartsWith('#')).Select(line => Counts().Replace(line, ""));
    }

    private static bool IsOurs(string line) =>
        line.Contains("KUBE-", StringComparison.Ordinal) || line.Contains("MINIK8S", StringComparison.Ordinal) || line.Contains("minik8s", StringComparison.Ordinal);

    [GeneratedRegex(@" \[\d+:\d+\]$")]
    private static partial Regex Counts();
}
