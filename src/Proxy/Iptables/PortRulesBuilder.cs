using System.Net;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Iptables;

/// <summary>
/// Writes the rules of one Service port as kube-proxy v1.32 has them: the shared chains send a packet to KUBE-SVC (all
/// endpoints), KUBE-SVL (this node's), KUBE-EXT (came by an external address) or KUBE-FW (source ranges), and these to one
/// KUBE-SEP, which rewrites its destination. Pure: the same model gives the same bytes.
/// </summary>
internal sealed class PortRulesBuilder(IptablesSettings settings)
{
    private readonly Dictionary<ServiceEndpoint, string> endpointChains = new(ReferenceEqualityComparer.Instance);
    private PortRules rules = new();
    private NodeState node = new();
    private ServicePort port = null!;
    private EndpointChoice choice = null!;

    /// <summary>Writes all rules of a port into <paramref name="output"/>, which is emptied first.</summary>
    public void Build(ServiceState state, NodeState on, PortRules output)
    {
        BuildShared(state, on, output);
        if (choice.HasAny) WriteChains();
    }

    /// <summary>Writes only the lines of the shared chains.</summary>
    public void BuildShared(ServiceState state, NodeState on, PortRules output)
    {
        output.Clear();
        endpointChains.Clear();
        (rules, node, port, choice) = (output, on, state.Port, EndpointChoice.Of(state, on));
        CaptureClusterIP();
        RefuseUnusedPorts();
        CaptureExternalIPs();
        CaptureLoadBalancer();
        CaptureNodePort();
        AdmitHealthChecks();
    }

    private string Protocol => port.Name.Protocol.LowerName();

    private bool HasInternal => port.InternalLocal ? choice.Local.Count > 0 : choice.HasAny;

    private bool HasExternal => port.ExternalLocal ? choice.Local.Count > 0 : choice.HasAny;

    private bool HasFirewall => choice.HasAny && port.LoadBalancerIPs.Count > 0 && port.SourceRanges.Count > 0;

    private string ClusterChain => ChainNames.Cluster(port.Name);

    private string LocalChain => ChainNames.Local(port.Name);

    private string ExternalChain => ChainNames.External(port.Name);

    private string InternalPolicyChain => port.InternalLocal ? LocalChain : ClusterChain;

    /// <summary>Refused when nobody could answer; dropped when only policy Local stands in the way, so that clients try another node.</summary>
    private string Comment => choice.HasAny ? "has no local endpoints" : "has no endpoints";

    private string Verdict => choice.HasAny ? "DROP" : $"REJECT --reject-with {settings.Refusal}";

    private void CaptureClusterIP()
    {
        var (name, address, number) = (port.Name, port.ClusterIP, port.Port);
        if (HasInternal)
        {
            rules.Shared(SharedChain.NatServices).Line($"-A {ChainNames.Services} -m comment --comment \"{name} cluster IP\" -m {Protocol} -p {Protocol} -d {address} --dport {number} -j {InternalPolicyChain}");
        }
        else
        {
            rules.Shared(SharedChain.FilterServices).Line($"-A {ChainNames.Services} -m comment --comment \"{name} {Comment}\" -m {Protocol} -p {Protocol} -d {address} --dport {number} -j {Verdict}");
        }
    }

    /// <summary>What nothing has translated or refused before, as kube-proxy does in its nftables mode.</summary>
    private void RefuseUnusedPorts() =>
        rules.Shared(SharedChain.FilterClusterIPs).Line($"-A {ChainNames.ClusterIPs} -m comment --comment \"{port.Name.Namespace}/{port.Name.Service} has no such port\" -d {port.ClusterIP} -j REJECT --reject-with {settings.Refusal}");

    private void CaptureExternalIPs()
    {
        foreach (var address in port.ExternalIPs)
        {
            if (choice.HasAny)
            {
                rules.Shared(SharedChain.NatServices).Line($"-A {ChainNames.Services} -m comment --comment \"{port.Name} external IP\" -m {Protocol} -p {Protocol} -d {address} --dport {port.Port} -j {ExternalChain}");
            }
            if (!HasExternal) HoldOff(address);
        }
    }

    private void CaptureLoadBalancer()
    {
        foreach (var address in port.LoadBalancerIPs)
        {
            if (choice.HasAny)
            {
                var target = HasFirewall ? ChainNames.SourceRanges(port.Name) : ExternalChain;
                rules.Shared(SharedChain.NatServices).Line($"-A {ChainNames.Services} -m comment --comment \"{port.Name} loadbalancer IP\" -m {Protocol} -p {Protocol} -d {address} --dport {port.Port} -j {target}");
            }
            if (HasFirewall)
            {
                rules.Shared(SharedChain.FilterFirewall).Line($"-A {ChainNames.Firewall} -m comment --comment \"{port.Name} traffic not accepted by {ChainNames.SourceRanges(port.Name)}\" -m {Protocol} -p {Protocol} -d {address} --dport {port.Port} -j DROP");
            }
            if (!HasExternal) HoldOff(address);
        }
    }

    private void HoldOff(IPAddress address) =>
        rules.Shared(SharedChain.FilterExternalServices).Line($"-A {ChainNames.ExternalServices} -m comment --comment \"{port.Name} {Comment}\" -m {Protocol} -p {Protocol} -d {address} --dport {port.Port} -j {Verdict}");

    private void CaptureNodePort()
    {
        if (port.NodePort == 0) return;
        if (choice.HasAny)
        {
            rules.Shared(SharedChain.NatNodePorts).Line($"-A {ChainNames.NodePorts} -m comment --comment \"{port.Name}\" -m {Protocol} -p {Protocol} --dport {port.NodePort} -j {ExternalChain}");
        }
        if (!HasExternal)
        {
            rules.Shared(SharedChain.FilterExternalServices).Line($"-A {ChainNames.ExternalServices} -m comment --comment \"{port.Name} {Comment}\" -m addrtype --dst-type LOCAL -m {Protocol} -p {Protocol} --dport {port.NodePort} -j {Verdict}");
        }
    }

    /// <summary>Whatever else filters INPUT, a load balancer must be able to ask.</summary>
    private void AdmitHealthChecks()
    {
        if (port.HealthCheckNodePort == 0) return;
        rules.Shared(SharedChain.FilterNodePorts).Line($"-A {ChainNames.NodePorts} -m comment --comment \"{port.Name} health check node port\" -m tcp -p tcp --dport {port.HealthCheckNodePort} -j ACCEPT");
    }

    private void WriteChains()
    {
        if (choice.Cluster.Count > 0) WritePolicyChain(ClusterChain, choice.Cluster, !port.InternalLocal);
        if (choice.Local.Count > 0) WritePolicyChain(LocalChain, choice.Local, port.InternalLocal);
        if (port.IsExternallyAccessible) WriteExternalChain();
        if (HasFirewall) WriteSourceRanges();
        foreach (var endpoint in choice.Reachable) WriteEndpoint(endpoint);
    }

    private void WritePolicyChain(string chain, ValueArray<ServiceEndpoint> endpoints, bool takesClusterIP)
    {
        var writer = rules.Begin(chain);
        if (takesClusterIP) MasqueradeClusterIP(writer, chain);
        if (port.AffinitySeconds > 0) WriteAffinity(writer, chain, endpoints);
        for (var i = 0; i < endpoints.Count; i++)
        {
            var left = endpoints.Count - i;
            var target = EndpointChain(endpoints[i]);
            if (left == 1)
            {
                writer.Line($"-A {chain} -m comment --comment \"{port.Name} -> {endpoints[i]}\" -j {target}");
            }
            else if (port.Balancing == Balancing.RoundRobin)
            {
                // Each rule sees only what those before it let pass: every n-th, then every (n-1)-th of the rest, and so on.
                writer.Line($"-A {chain} -m comment --comment \"{port.Name} -> {endpoints[i]}\" -m statistic --mode nth --every {left} --packet 0 -j {target}");
            }
            else
            {
                writer.Line($"-A {chain} -m comment --comment \"{port.Name} -> {endpoints[i]}\" -m statistic --mode random --probability {1.0 / left:F10} -j {target}");
            }
        }
    }

    /// <summary>Only pods can have the answer come back the way it went; anybody else's must pass through this node again.</summary>
    private void MasqueradeClusterIP(RuleWriter writer, string chain)
    {
        if (settings.MasqueradeAll)
        {
            writer.Line($"-A {chain} -m comment --comment \"{port.Name} cluster IP\" -m {Protocol} -p {Protocol} -d {port.ClusterIP} --dport {port.Port} -j {ChainNames.MarkMasquerade}");
        }
        else if (settings.PodCidr is { } pods)
        {
            writer.Line($"-A {chain} -m comment --comment \"{port.Name} cluster IP\" -m {Protocol} -p {Protocol} -d {port.ClusterIP} --dport {port.Port} ! -s {pods} -j {ChainNames.MarkMasquerade}");
        }
    }

    private void WriteAffinity(RuleWriter writer, string chain, ValueArray<ServiceEndpoint> endpoints)
    {
        foreach (var endpoint in endpoints)
        {
            var target = EndpointChain(endpoint);
            writer.Line($"-A {chain} -m comment --comment \"{port.Name} -> {endpoint}\" -m recent --name {target} --rcheck --seconds {port.AffinitySeconds} --reap -j {target}");
        }
    }

    private void WriteExternalChain()
    {
        var chain = ExternalChain;
        var writer = rules.Begin(chain);
        if (!port.ExternalLocal)
        {
            writer.Line($"-A {chain} -m comment --comment \"masquerade traffic for {port.Name} external destinations\" -j {ChainNames.MarkMasquerade}");
        }
        else
        {
            // What starts in the cluster is treated as if it went out to a load balancer and came back on any node.
            if (settings.PodCidr is { } pods)
            {
                writer.Line($"-A {chain} -m comment --comment \"pod traffic for {port.Name} external destinations\" -s {pods} -j {ClusterChain}");
            }
            writer.Line($"-A {chain} -m comment --comment \"masquerade LOCAL traffic for {port.Name} external destinations\" -m addrtype --src-type LOCAL -j {ChainNames.MarkMasquerade}");
            writer.Line($"-A {chain} -m comment --comment \"route LOCAL traffic for {port.Name} external destinations\" -m addrtype --src-type LOCAL -j {ClusterChain}");
        }
        if (HasExternal) writer.Line($"-A {chain} -j {(port.ExternalLocal ? LocalChain : ClusterChain)}");
    }

    private void WriteSourceRanges()
    {
        var chain = ChainNames.SourceRanges(port.Name);
        var writer = rules.Begin(chain);
        var allowsNode = false;
        foreach (var range in port.SourceRanges)
        {
            writer.Line($"-A {chain} -m comment --comment \"{port.Name} loadbalancer IP\" -s {range} -j {ExternalChain}");
            allowsNode |= node.Address is { } own && range.Contains(own);
        }
        // The node's own packets to a load balancer's address never leave it, and carry that very address as their source.
        foreach (var address in allowsNode ? port.LoadBalancerIPs : [])
        {
            writer.Line($"-A {chain} -m comment --comment \"{port.Name} loadbalancer IP\" -s {address} -j {ExternalChain}");
        }
        writer.Line($"-A {chain} -m comment --comment \"other traffic to {port.Name} will be dropped by {ChainNames.Firewall}\"");
    }

    private void WriteEndpoint(ServiceEndpoint endpoint)
    {
        var chain = EndpointChain(endpoint);
        var writer = rules.Begin(chain);
        writer.Line($"-A {chain} -m comment --comment \"{port.Name}\" -s {endpoint.Address} -j {ChainNames.MarkMasquerade}");
        if (port.AffinitySeconds > 0)
        {
            writer.Line($"-A {chain} -m comment --comment \"{port.Name}\" -m recent --name {chain} --set -m {Protocol} -p {Protocol} -j DNAT --to-destination {endpoint}");
        }
        else
        {
            writer.Line($"-A {chain} -m comment --comment \"{port.Name}\" -m {Protocol} -p {Protocol} -j DNAT --to-destination {endpoint}");
        }
    }

    private string EndpointChain(ServiceEndpoint endpoint)
    {
        if (!endpointChains.TryGetValue(endpoint, out var name)) endpointChains[endpoint] = name = ChainNames.Endpoint(port.Name, endpoint);
        return name;
    }
}
