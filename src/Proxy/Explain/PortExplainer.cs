using System.Net;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Tracking;

namespace MiniK8s.Proxy.Explain;

/// <summary>Explains one port of a Service: its ways in, its endpoints, and how they are chosen. Pure.</summary>
internal sealed class PortExplainer(ExplainedObjects asked, ProxyModel model, ExplainSettings settings, IReadOnlyList<PacketOrigin> origins)
{
    private readonly SliceReader reader = new(model.Family, settings.Options.NodeName);

    public PortExplanation Explain(ServiceState state, IReadOnlyList<RuleBlock> rules)
    {
        var port = state.Port;
        var texts = new EndpointTexts(state, model.Node);
        var owners = OwnersOf();
        return new PortExplanation(port.Name.Port, port.Port, port.Name.Protocol.LowerName().ToUpperInvariant())
        {
            Ways = [.. WaysOf(state)],
            Notes = [.. NotesOf(state, texts)],
            Endpoints = [.. state.Endpoints.Select(endpoint => Endpoint(endpoint, texts, owners))],
            Rules = rules,
        };
    }

    private IEnumerable<WayExplanation> WaysOf(ServiceState state)
    {
        var (port, rules) = (state.Port, new FateRules(state, model.Node, settings, model.Family));
        yield return Way("ClusterIP", Target(port.ClusterIP, port.Port), rules.AtClusterIP);
        foreach (var address in port.ExternalIPs.ToList()) yield return Way("external IP", Target(address, port.Port), rules.AtExternalIP);
        foreach (var address in port.LoadBalancerIPs.ToList()) yield return Way("load balancer IP", Target(address, port.Port), rules.AtLoadBalancer);
        if (port.NodePort != 0) yield return Way("node port", NodePortTarget(port.NodePort), rules.AtNodePort);
    }

    private static string Target(IPAddress address, int port) => new IPEndPoint(address, port).ToString();

    private string NodePortTarget(int port) => model.Node.NodePortAddresses switch
    {
        null => $"{port} on every address of the node but loopback",
        { Count: 0 } => $"{port}, but on no address: none of the node's is in --nodeport-addresses",
        { } addresses => $"{port} on {string.Join(", ", addresses)}",
    };

    /// <summary>Origins that fare the same are told together.</summary>
    private WayExplanation Way(string kind, string target, Func<PacketOrigin, Fate> fateOf)
    {
        var fates = origins.Select(fateOf).GroupBy(fate => (fate.Verdict, fate.Why, fate.OnlyIf, fate.OnlyThisNode, fate.Source, fate.SourceWhy))
            .Select(same => same.First() with { From = [.. same.SelectMany(fate => fate.From)] });
        return new WayExplanation(kind, target, [.. fates]);
    }

    private IEnumerable<string> NotesOf(ServiceState state, EndpointTexts texts)
    {
        var (port, choice) = (state.Port, EndpointChoice.Of(state, model.Node));
        if (choice.Reachable.Count > 1)
        {
            yield return port.Balancing == Balancing.RoundRobin
                ? "balancing: round robin, counted on this node; all packets of a connection go to the same endpoint"
                : "balancing: random, anew for each connection; all packets of a connection go to the same endpoint";
        }
        if (port.AffinitySeconds > 0) yield return $"sessionAffinity ClientIP: a client returns to its endpoint if its last connection began less than {port.AffinitySeconds} s before";
        if (texts.Hints is { } hints) yield return hints;
        if (origins.Contains(PacketOrigin.Pod) && choice.Reachable.Any(endpoint => endpoint.IsLocal))
            yield return "a pod that is sent to itself sees the node's address as the sender, or it would answer itself directly";
        if (state.Endpoints.Count == 0 && SlicePortsOf() is { Length: > 0 } others)
            yield return $"no EndpointSlice has a port {(port.Name.Port.Length == 0 ? "without name" : $"\"{port.Name.Port}\"")} for {port.Name.Protocol.LowerName().ToUpperInvariant()}; they have {others}";
        foreach (var ingress in asked.Service.Status?.LoadBalancer?.Ingress ?? [])
        {
            if (ingress.IpMode == "Proxy") yield return $"load balancer IP {ingress.Ip} has ipMode Proxy: packets to it are left to the load balancer";
            else if (port.SourceRanges.Count > 0 && model.Family.TryParse(ingress.Ip, out IPAddress address) && port.ExternalIPs.Contains(address))
                yield return $"load balancer IP {ingress.Ip} is among externalIPs, too: as such it is open to everybody, whatever loadBalancerSourceRanges says";
        }
        if (port.HealthCheckNodePort != 0) yield return HealthCheckNote(state);
    }

    private string HealthCheckNote(ServiceState state)
    {
        var local = state.Endpoints.Count(endpoint => endpoint is { IsLocal: true, IsReady: true });
        var answer = local > 0 ? $"200: {local} ready here" : "503: none is ready here, so load balancers should pass this node over";
        return $"health checks on node port {state.Port.HealthCheckNodePort} are answered with {answer}";
    }

    private string SlicePortsOf() => string.Join(", ", asked.Slices
        .Where(slice => reader.ServiceOf(slice) is not null)
        .SelectMany(slice => slice.Ports)
        .Where(port => port.Port is not null)
        .Select(port => $"{(string.IsNullOrEmpty(port.Name) ? "(no name)" : $"\"{port.Name}\"")} for {port.Protocol ?? "TCP"}")
        .Distinct());

    private static EndpointExplanation Endpoint(ServiceEndpoint endpoint, EndpointTexts texts, Dictionary<IPAddress, (string Pod, string Node)> owners)
    {
        var (pod, node) = owners.GetValueOrDefault(endpoint.Address, ("", ""));
        return new EndpointExplanation(endpoint.Text, pod, node, texts.IsUsed(endpoint), texts.Verdict(endpoint)) { IsLocal = endpoint.IsLocal };
    }

    private Dictionary<IPAddress, (string Pod, string Node)> OwnersOf()
    {
        var owners = new Dictionary<IPAddress, (string, string)>();
        foreach (var endpoint in asked.Slices.Where(slice => reader.ServiceOf(slice) is not null).SelectMany(slice => slice.Endpoints))
        {
            if (reader.AddressOf(endpoint) is { } address) owners[address] = (endpoint.TargetRef?.Name ?? "", endpoint.NodeName ?? "");
        }
        return owners;
    }
}
