using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Nftables;

/// <summary>
/// The chains of Service ports with session affinity, laid out as kube-proxy's: a chain for each endpoint, which notes the client
/// in the endpoint's set, and a chain that sends clients that are noted back and chooses for the others. They change with the
/// endpoints of their Service port, and cost what these are.
/// </summary>
internal sealed class AffinityChains
{
    private readonly Dictionary<string, NftSet> sets = new(StringComparer.Ordinal);

    /// <summary>The sets in which the kernel notes clients.</summary>
    public IEnumerable<NftSet> Sets => sets.Values;

    /// <summary>The chain that chooses for a Service port.</summary>
    public static string NameOf(ServicePort port, bool isLocal) => $"affinity/{IdOf(port)}{(isLocal ? "/local" : "")}";

    /// <summary>Writes the difference between two plans of one Service port.</summary>
    public void Change(NftTransaction table, PortPlan? before, PortPlan? now)
    {
        before = before is { Port.AffinitySeconds: > 0 } ? before : null;
        now = now is { Port.AffinitySeconds: > 0 } ? now : null;
        if (before is null && now is null) return;
        var wanted = now is null ? [] : EndpointsOf(now).ToDictionary(endpoint => EndpointChain(now.Port, endpoint), StringComparer.Ordinal);
        var gone = before is null ? [] : EndpointsOf(before).Select(endpoint => EndpointChain(before.Port, endpoint)).Where(name => !wanted.ContainsKey(name)).Distinct().ToList();
        foreach (var (name, endpoint) in wanted)
        {
            if (!sets.ContainsKey(name)) AddEndpoint(table, name, endpoint, now!.Port);
        }
        ChangeChain(table, before, now, isLocal: false);
        ChangeChain(table, before, now, isLocal: true);
        foreach (var name in gone)
        {
            sets.Remove(name, out var set);
            table.DeleteChain(name);
            table.DeleteSet(set!);
        }
    }

    private static IEnumerable<ServiceEndpoint> EndpointsOf(PortPlan plan) => plan.Cluster.Concat(plan.Local).DistinctBy(endpoint => endpoint.Text);

    private static string IdOf(ServicePort port) => $"{NftNames.Of(port.Name)}/{port.AffinitySeconds}";

    private static string EndpointChain(ServicePort port, ServiceEndpoint endpoint) => $"endpoint/{IdOf(port)}/{NftNames.Of(endpoint.Address)}/{endpoint.Port}";

    private void AddEndpoint(NftTransaction table, string name, ServiceEndpoint endpoint, ServicePort port)
    {
        var set = sets[name] = new NftSet(name, "clients", [NftField.Address]) { Timeout = TimeSpan.FromSeconds(port.AffinitySeconds) };
        table.NewSet(set);
        table.NewChain(name);
        table.AddRule(name, rule => rule.SourceAddress(0).Remember(set, 0));
        table.AddRule(name, rule => rule.Constant(0, endpoint.Address.GetAddressBytes()).Constant(rule.AddressWords, [(byte)(endpoint.Port >> 8), (byte)endpoint.Port]).Translate(0, rule.AddressWords));
    }

    private void ChangeChain(NftTransaction table, PortPlan? before, PortPlan? now, bool isLocal)
    {
        var (old, wanted) = (ListOf(before, isLocal), ListOf(now, isLocal));
        var name = now is null ? "" : NameOf(now.Port, isLocal);
        var oldName = before is null ? "" : NameOf(before.Port, isLocal);
        if (old.Length > 0 && (wanted.Length == 0 || oldName != name)) table.DeleteChain(oldName);
        if (wanted.Length == 0) return;
        if (old.Length == 0 || oldName != name) table.NewChain(name);
        else if (before!.Port.Balancing == now!.Port.Balancing && old.AsSpan().SequenceEqual(wanted)) return;
        else table.FlushChain(name);
        WriteRules(table, name, now!.Port, wanted);
    }

    private static ServiceEndpoint[] ListOf(PortPlan? plan, bool isLocal) => plan is null ? [] : isLocal ? plan.Local : plan.Cluster;

    private void WriteRules(NftTransaction table, string chain, ServicePort port, ServiceEndpoint[] endpoints)
    {
        foreach (var endpoint in endpoints)
        {
            var target = EndpointChain(port, endpoint);
            table.AddRule(chain, rule => rule.SourceAddress(0).IsIn(sets[target], 0).Goto(target));
        }
        for (var i = 0; i < endpoints.Length; i++)
        {
            var (left, target) = ((uint)(endpoints.Length - i), EndpointChain(port, endpoints[i]));
            // Each rule sees only what those before it let pass: one of n, then one of n-1 of the rest, and so on.
            if (left == 1) table.AddRule(chain, rule => rule.Goto(target));
            else table.AddRule(chain, rule => rule.Number(0, left, port.Balancing == Balancing.RoundRobin).Is(0, 0).Goto(target));
        }
    }
}
