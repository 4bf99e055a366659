using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Proxy.Tests.Kit;
using MiniK8s.Proxy.Tests.Kit.Nft;

namespace MiniK8s.Proxy.Tests.Iptables;

/// <summary>
/// What becomes of a packet behind kube-proxy v1.32, flow by flow, for a load balancer's Service with node port and external IP. A
/// row: what is special; the endpoints; from where; to where; the endpoints that can take it, and whether it is masqueraded.
/// Endpoints: L and R are ready here and on another node, T and S terminate and still serve, D terminates and does not, U is not
/// ready; a small letter after one is the zone of its hint.
/// </summary>
public sealed class KubeProxyFateTests
{
    private static readonly Dictionary<char, (string Address, string Node)> Endpoints = new()
    {
        ['L'] = ("10.244.1.1", Given.NodeName), ['R'] = ("10.244.2.1", Given.OtherNode), ['T'] = ("10.244.1.2", Given.NodeName),
        ['S'] = ("10.244.2.2", Given.OtherNode), ['D'] = ("10.244.1.3", Given.NodeName), ['U'] = ("10.244.1.4", Given.NodeName),
    };

    private static readonly Dictionary<string, string> Places = new()
    {
        ["pod"] = "10.244.1.99", ["L"] = "10.244.1.1", ["node"] = Given.NodeAddress, ["listed"] = "203.0.113.7", ["stranger"] = "198.51.100.1", ["balancer"] = "192.0.2.10",
        ["cluster"] = "10.96.0.10:80", ["unused"] = "10.96.0.10:81", ["nodeport"] = Given.NodeAddress + ":30080", ["lb"] = "192.0.2.10:80", ["external"] = "192.0.2.18:80",
    };

    public static TheoryData<string> Rows => [.. """
        ; L R ; pod > cluster = L R
        ; L ; L > cluster = L masq
        ; L R ; pod > external = L R masq
        ; L R ; node > external = L R masq
        ; L R ; stranger > external = L R masq
        ; L R ; stranger > cluster = L R masq
        ; L R ; pod > unused = REJECT
        ; L R ; node > unused = REJECT
        ; L R ; stranger > unused = REJECT
        ; U ; pod > unused = REJECT
        ; U ; pod > cluster = REJECT
        ; U ; node > cluster = REJECT
        ; U ; stranger > external = REJECT
        ; D ; pod > cluster = REJECT
        ; D ; stranger > nodeport = REJECT
        external-local ; L R ; stranger > external = L
        external-local ; L R ; pod > external = L R
        external-local ; L R ; node > external = L R masq
        external-local ; R ; stranger > external = DROP
        external-local ; R ; stranger > lb = DROP
        external-local ; R ; stranger > nodeport = DROP
        external-local ; R ; pod > external = R
        external-local ; R ; node > nodeport = R masq
        external-local ; R ; node > external = R masq
        external-local ; R ; node > lb = R masq
        external-local ; R ; stranger > cluster = R masq
        external-local ; U ; stranger > nodeport = REJECT
        external-local type-clusterip ; L R ; stranger > external = L
        external-local type-clusterip ; L R ; pod > external = L R
        external-local type-clusterip ; L R ; node > external = L R masq
        external-local type-clusterip ; R ; stranger > external = DROP
        external-local type-clusterip ; L R ; stranger > cluster = L R masq
        internal-local ; R ; pod > cluster = DROP
        internal-local ; R ; node > cluster = DROP
        internal-local ; R ; pod > unused = REJECT
        internal-local ; R ; stranger > nodeport = R masq
        internal-local ; U ; pod > cluster = REJECT
        internal-local external-local ; L R ; pod > cluster = L
        internal-local external-local ; L R ; pod > lb = L R
        internal-local external-local ; L R ; stranger > lb = L
        internal-local external-local ; R ; pod > nodeport = R
        internal-local external-local ; R ; pod > cluster = DROP
        ranges ; L R ; listed > lb = L R masq
        ranges ; L R ; stranger > lb = DROP
        ranges ; L R ; pod > lb = DROP
        ranges ; L R ; node > lb = DROP
        ranges ; L R ; stranger > nodeport = L R masq
        ranges ; L R ; stranger > external = L R masq
        ranges ; L R ; pod > cluster = L R
        ranges ; L R ; balancer > lb = DROP
        ranges ; U ; stranger > lb = REJECT
        ranges external-local ; L R ; listed > lb = L
        ranges external-local ; L R ; stranger > nodeport = L
        ranges external-local ; R ; listed > lb = DROP
        ranges-with-node ; L R ; node > lb = L R masq
        ranges-with-node ; L R ; balancer > lb = L R masq
        ranges-with-node ; L R ; stranger > lb = DROP
        ; L T R ; pod > cluster = L R
        ; T S ; pod > cluster = T S
        ; T S D U ; stranger > nodeport = T S masq
        ; D S ; pod > cluster = S
        external-local ; L T R ; stranger > lb = L
        external-local ; T R ; stranger > lb = T
        external-local ; T R ; pod > cluster = R
        external-local ; T S ; stranger > lb = T
        external-local ; S ; stranger > lb = DROP
        external-local ; D R ; stranger > lb = DROP
        external-local ; D R ; stranger > cluster = R masq
        external-local ; D U ; stranger > lb = REJECT
        internal-local ; T R ; pod > cluster = T
        internal-local ; D R ; pod > cluster = DROP
        internal-local ; D U ; pod > cluster = REJECT
        zone-a ; La Rb ; pod > cluster = L
        zone-a ; Lb Ra ; pod > cluster = R
        zone-a ; Lb Ra ; stranger > nodeport = R masq
        zone-a ; La R ; pod > cluster = L R
        zone-a ; Lb Rb ; pod > cluster = L R
        zone-a ; La U Rb ; pod > cluster = L
        zone-a ; Tb Sa ; pod > cluster = T S
        ; La Rb ; pod > cluster = L R
        zone-a external-local ; Lb Ra ; stranger > nodeport = L
        zone-a external-local ; Lb Ra ; pod > nodeport = R
        zone-a internal-local ; Lb Ra ; pod > cluster = L
        zone-a internal-local ; Ra ; pod > cluster = DROP
        masquerade-all ; L R ; pod > cluster = L R masq
        masquerade-all external-local ; L R ; pod > cluster = L R masq
        masquerade-all external-local ; L R ; pod > nodeport = L R
        masquerade-all internal-local ; L R ; pod > cluster = L masq
        no-pods-known ; L R ; node > cluster = L R
        no-pods-known external-local ; L R ; stranger > cluster = L R
        no-pods-known external-local ; L R ; pod > lb = L
        no-pods-known external-local ; L R ; node > lb = L R masq
        no-pods-known internal-local ; L R ; node > cluster = L
        no-pods-known internal-local ; L R ; stranger > nodeport = L R masq
        no-pods-known masquerade-all ; L R ; stranger > cluster = L R masq
        no-pods-known masquerade-all internal-local ; L R ; pod > cluster = L masq
        no-pods-known masquerade-all external-local ; L R ; pod > nodeport = L
        """.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_packet_goes_where_kube_proxy_would_send_it(string row)
    {
        var (given, expected) = (row.Split(" = ")[0], row.Split(" = ")[1]);
        var parts = given.Split(';', StringSplitOptions.TrimEntries);
        var way = parts[2].Split(" > ");
        var traits = parts[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (var world in (IRuleWorld[])[new World(OptionsOf(traits)), new NftWorld(OptionsOf(traits)), new IpvsWorld(new World(OptionsOf(traits)))])
        {
            Fill(world, traits, parts[1].Split(' '));

            var fate = world.Trace(Places[way[0]], Places[way[1]]);
            // The node has a cluster IP of IPVS itself, and would send from it.
            if (world is IpvsWorld && row.StartsWith("no-pods-known", StringComparison.Ordinal) && parts[2] == "node > cluster") fate = fate.Replace(" masq", "", StringComparison.Ordinal);

            foreach (var (letter, (address, _)) in Endpoints) fate = fate.Replace($"{address}:8080", $"{letter}", StringComparison.Ordinal);
            Assert.Equal($"{world.GetType().Name}: {expected}", $"{world.GetType().Name}: {fate.Replace(",", "", StringComparison.Ordinal)}");
        }
    }

    [Fact]
    public void A_client_stays_with_its_endpoint_whichever_way_it_comes_in()
    {
        var world = new World();
        Fill(world, ["affinity", "external-local"], ["L", "R"]);
        var nat = world.Tables.Chains("nat");
        string[] Remembered(string prefix) => [.. nat.Single(chain => chain.Key.StartsWith(prefix, StringComparison.Ordinal)).Value
            .Where(rule => rule.Contains("--rcheck", StringComparison.Ordinal)).Select(rule => rule[(rule.LastIndexOf(' ') + 1)..])];

        Assert.Equal(2, Remembered("KUBE-SVC-").Length);
        Assert.Contains(Assert.Single(Remembered("KUBE-SVL-")), Remembered("KUBE-SVC-"));
    }

    private static WorldOptions OptionsOf(string[] traits)
    {
        var options = new WorldOptions { MasqueradeAll = traits.Contains("masquerade-all") };
        return traits.Contains("no-pods-known") ? options with { PodCidr = null } : options;
    }

    private static void Fill(IRuleWorld world, string[] traits, string[] endpoints)
    {
        world.Put([Given.Node(traits.Contains("zone-a") ? "a" : null), ServiceOf(traits), Given.Slice("web", [.. endpoints.Select(EndpointOf)])]);
        world.Sync();
    }

    private static Service ServiceOf(string[] traits)
    {
        var service = Given.Service("web", "10.96.0.10", spec => (traits.Contains("type-clusterip") ? spec : Given.NodePort(spec, 30080) with { Type = "LoadBalancer" }) with
        {
            ExternalIPs = ["192.0.2.18"],
            ExternalTrafficPolicy = traits.Contains("external-local") ? "Local" : "Cluster",
            InternalTrafficPolicy = traits.Contains("internal-local") ? "Local" : "Cluster",
            SessionAffinity = traits.Contains("affinity") ? "ClientIP" : "None",
            LoadBalancerSourceRanges = traits.Contains("ranges") ? ["203.0.113.0/24"] : traits.Contains("ranges-with-node") ? ["192.168.77.0/24"] : [],
        });
        return traits.Contains("type-clusterip") ? service : service with
        {
            Status = new ServiceStatus { LoadBalancer = new LoadBalancerStatus { Ingress = [new LoadBalancerIngress { Ip = "192.0.2.10" }] } },
        };
    }

    private static Endpoint EndpointOf(string text)
    {
        var (address, node) = Endpoints[text[0]];
        var endpoint = Given.Endpoint(address, node, ready: text[0] is 'L' or 'R', serving: text[0] is not ('D' or 'U'), terminating: text[0] is 'T' or 'S' or 'D');
        return text.Length == 1 ? endpoint : endpoint with { Hints = new EndpointHints { ForZones = [new ForZone { Name = text[1..] }] } };
    }
}
