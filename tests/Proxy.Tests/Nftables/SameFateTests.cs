using System.Net;
using MiniK8s.Api.Declarations;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Tests.Kit;
using MiniK8s.Proxy.Tests.Kit.Nft;
using MiniK8s.Proxy.Tracking;

namespace MiniK8s.Proxy.Tests.Nftables;

/// <summary>Whatever the Services, the rules of iptables and the table of nftables do the same with a packet.</summary>
public sealed class SameFateTests(ITestOutputHelper output)
{
    private const int Models = 300;
    private const int Services = 3;
    private const string SecondAddress = "192.168.88.1";

    private static readonly string[] Strangers = ["203.0.113.7", "198.51.100.200"];
    private static readonly string[] Node = [Given.NodeAddress, SecondAddress, "127.0.0.1"];

    [Fact]
    public void Hundreds_of_models_are_the_same_in_iptables_and_nftables()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var worlds = new Pair(new WorldOptions { NodeAddresses = [Given.NodeAddress, SecondAddress], MasqueradeAll = random.Next(4) == 0 });
        var objects = new RandomObjects(random, Services);
        var (flows, fates) = (0, new HashSet<string>());
        for (var model = 1; model <= Models; model++)
        {
            for (var edits = random.Next(1, 6); edits > 0; edits--) objects.Edit(worlds);
            if (random.Next(20) == 0) worlds.SetNodePortAddresses(random.Next(3) switch { 0 => null, 1 => [IPAddress.Parse(SecondAddress)], _ => [] });
            worlds.Sync();
            foreach (var (source, destination, protocol) in FlowsOf(worlds.Model))
            {
                // Each flow comes up in some of the models; to ask of all in each takes long.
                if (random.Next(2) == 0) continue;
                var (byIptables, byNftables) = worlds.Fates(source, destination, protocol);
                Assert.True(byIptables == byNftables || DiffersInKubeProxy(worlds.Model, source, destination, byIptables, byNftables), $"seed {seed}, model {model}: {source} to {destination} ({protocol}): iptables {byIptables}, nftables {byNftables}\n{Describe(worlds.Model)}");
                flows++;
                fates.Add(byNftables.Contains(':', StringComparison.Ordinal) ? "endpoints" : byNftables);
            }
        }
        output.WriteLine($"{flows} flows");
        Assert.Equal(["DROP", "REJECT", "endpoints", "none"], fates.Order(StringComparer.Ordinal));
    }

    /// <summary>
    /// Where kube-proxy's two modes differ, and ours with them. Where nobody serves an external address, its nftables mode refuses the
    /// node's own packets too. Where nobody serves a node port, its iptables mode refuses on all local addresses, whether they answer
    /// node ports or not.
    /// </summary>
    private static bool DiffersInKubeProxy(ProxyModel model, string source, string destination, string byIptables, string byNftables)
    {
        var address = IPEndPoint.Parse(destination).Address;
        if (!Node.Contains(address.ToString())) return Node.Contains(source) && byIptables == "none" && byNftables is ("REJECT" or "DROP");
        var answers = model.Node.NodePortAddresses is { } only ? only.Contains(address) : !IPAddress.IsLoopback(address);
        return !answers && byIptables is ("REJECT" or "DROP") && byNftables == "none";
    }

    private static IEnumerable<(string Source, string Destination, string Protocol)> FlowsOf(ProxyModel model)
    {
        var isDivided = model.Services.Values.Any(state => HasOnlyOthers(state, model.Node));
        var targets = model.Services.Values.SelectMany(TargetsOf).Distinct().Where(target => !isDivided || !target.Destination.StartsWith(RandomObjects.SharedAddress, StringComparison.Ordinal));
        foreach (var (destination, protocol, endpoint) in targets)
        {
            // Nothing for loopback comes in by a device.
            string[] others = destination.StartsWith("127.", StringComparison.Ordinal) ? [] : ["10.244.1.99", .. endpoint, .. Strangers];
            foreach (var source in (string[])[.. others, .. Node]) yield return (source, destination, protocol);
        }
    }

    /// <summary>
    /// Whether only other nodes serve a shared address under policy Local. By iptables pods then have this Service's endpoints and
    /// strangers those of the next that shares the address; a place of nftables belongs to one Service.
    /// </summary>
    private static bool HasOnlyOthers(ServiceState state, NodeState node)
    {
        if (!state.Port.ExternalLocal || state.Port.ExternalIPs.Count == 0) return false;
        var choice = EndpointChoice.Of(state, node);
        return choice.HasAny && choice.Local.Count == 0;
    }

    /// <summary>Every way to a Service port, and beside them some that lead nowhere, each with an endpoint that may reach itself there.</summary>
    private static IEnumerable<(string Destination, string Protocol, ValueArray<string> Endpoint)> TargetsOf(ServiceState state)
    {
        var (port, protocol) = (state.Port, state.Port.Name.Protocol.LowerName());
        ValueArray<string> endpoint = [.. ((IEnumerable<ServiceEndpoint>)state.Endpoints).Select(candidate => candidate.Address.ToString()).Take(1)];
        yield return ($"{port.ClusterIP}:{port.Port}", protocol, endpoint);
        yield return ($"{port.ClusterIP}:9", protocol, endpoint);
        foreach (var address in (IEnumerable<IPAddress>)[.. port.ExternalIPs, .. port.LoadBalancerIPs])
        {
            yield return ($"{address}:{port.Port}", protocol, endpoint);
            yield return ($"{address}:9", protocol, endpoint);
        }
        foreach (var address in Node)
        {
            yield return ($"{address}:31999", protocol, endpoint);
            if (port.NodePort == 0) continue;
            yield return ($"{address}:{port.NodePort}", protocol, endpoint);
            yield return ($"{address}:{port.NodePort}", protocol == "tcp" ? "udp" : "tcp", endpoint);
        }
    }

    private static string Describe(ProxyModel model) =>
        $"{model.Node}\n{string.Join('\n', model.Services.Values.Select(state => $"{state.Port}: {string.Join(", ", ((IEnumerable<ServiceEndpoint>)state.Endpoints).Select(e => $"{e} local={e.IsLocal} ready={e.IsReady} serving={e.IsServing} terminating={e.IsTerminating} zones={e.ZoneHints}"))}"))}";

    /// <summary>Both backends, told the same.</summary>
    private sealed class Pair : IRuleWorld
    {
        private readonly World iptables;
        private readonly NftWorld nftables;
        private bool isFirst = true;

        public Pair(WorldOptions options) => (iptables, nftables) = (new World(options), new NftWorld(options));

        public ProxyModel Model => nftables.Model;

        public ChangeTracker Tracker => nftables.Tracker;

        public void SetNodePortAddresses(ValueArray<IPAddress>? addresses)
        {
            iptables.Tracker.SetNodePortAddresses(addresses);
            nftables.Tracker.SetNodePortAddresses(addresses);
        }

        public void Put(IEnumerable<IResource> values)
        {
            var all = values.ToList();
            iptables.Put(all);
            nftables.Put(all);
        }

        public void Remove<T>(string name)
            where T : class, IResource<T>
        {
            iptables.Remove<T>(name);
            nftables.Remove<T>(name);
        }

        public void Sync()
        {
            if (isFirst) iptables.SyncFull();
            else iptables.SyncPartial();
            isFirst = false;
            nftables.Sync();
        }

        public (string Iptables, string Nftables) Fates(string source, string destination, string protocol) =>
            (iptables.Trace(source, destination, protocol), nftables.Trace(source, destination, protocol));

        public string Trace(string source, string destination, string protocol = "tcp") => nftables.Trace(source, destination, protocol);
    }
}
