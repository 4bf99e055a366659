using System.Net;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Explain;

/// <summary>Says what becomes of a packet for one Service port, by the way in and by where it comes from. Pure; knows no backend.</summary>
/// <param name="state">The Service port.</param>
/// <param name="node">The node.</param>
/// <param name="settings">How the proxy works.</param>
/// <param name="family">The address family.</param>
internal sealed class FateRules(ServiceState state, NodeState node, ExplainSettings settings, IpFamily family)
{
    private const string NotKnown = "the proxy's --cluster-cidr is not known here";
    private readonly PodBlock pods = new(settings.KnowsPods, settings.Options.PodCidrOf(family));
    private readonly ServicePort port = state.Port;
    private readonly EndpointChoice choice = EndpointChoice.Of(state, node);

    /// <summary>A packet to the cluster IP.</summary>
    public Fate AtClusterIP(PacketOrigin from)
    {
        var chosen = port.InternalLocal ? choice.Local : choice.Cluster;
        if (chosen.Count == 0) return HeldOff(from, "internalTrafficPolicy");
        var (source, why) = SourceAtClusterIP(from);
        return Forwarded(from, chosen, port.InternalLocal) with { Why = port.InternalLocal ? "internalTrafficPolicy Local" : null, Source = source, SourceWhy = why };
    }

    /// <summary>A packet to an external IP.</summary>
    public Fate AtExternalIP(PacketOrigin from)
    {
        var fate = AtNodePort(from);
        return fate.Verdict == Verdict.Refused && from == PacketOrigin.Node && !settings.RefusesOwnPackets
            ? fate with { Verdict = Verdict.Untouched, Why = $"{fate.Why}, and iptables refuses external addresses to others only, not to the node itself" }
            : fate;
    }

    /// <summary>A packet to a node port.</summary>
    public Fate AtNodePort(PacketOrigin from)
    {
        if (!choice.HasAny) return HeldOff(from, "externalTrafficPolicy");
        if (!port.ExternalLocal)
        {
            return Forwarded(from, choice.Cluster, false) with { Source = SourceAddress.Replaced, SourceWhy = "with externalTrafficPolicy Cluster the endpoint may be anywhere, and its answer must come back through this node" };
        }
        if (from == PacketOrigin.Node)
        {
            return Forwarded(from, choice.Cluster, false) with
            {
                Why = "externalTrafficPolicy Local concerns clients outside the cluster only",
                Source = SourceAddress.Replaced,
                SourceWhy = "the answer must come back through this node",
            };
        }
        if (from == PacketOrigin.Pod && pods.Block is not null)
        {
            return Forwarded(from, choice.Cluster, false) with
            {
                Why = "externalTrafficPolicy Local concerns clients outside the cluster only",
                Source = SourceAddress.Kept,
                SourceWhy = "a pod's answer finds its way back by itself",
            };
        }
        return AsOutsider(from);
    }

    /// <summary>A packet to an address of a load balancer.</summary>
    public Fate AtLoadBalancer(PacketOrigin from)
    {
        var fate = AtExternalIP(from);
        if (port.SourceRanges.Count == 0 || !choice.HasAny) return fate;
        var ranges = string.Join(", ", port.SourceRanges);
        return IsAllowed(from) switch
        {
            true => fate,
            false => new Fate([from], Verdict.Dropped) { Why = $"loadBalancerSourceRanges let only {ranges} in{(from == PacketOrigin.Node ? $", not the node's {node.Address}" : $", no pod of {pods.Block}")}" },
            null => fate.Verdict == Verdict.Dropped ? fate : fate with { OnlyIf = $"its address is in {ranges} (loadBalancerSourceRanges)" },
        };
    }

    private Fate AsOutsider(PacketOrigin from)
    {
        var because = from == PacketOrigin.Outside ? null
            : pods.IsKnown ? "pods count as outsiders, for the proxy has no --cluster-cidr"
            : $"as for an outsider, unless the proxy knows it as a pod: {NotKnown}";
        if (choice.Local.Count == 0) return HeldOff(from, "externalTrafficPolicy") is var fate && because is null ? fate : fate with { Why = $"{fate.Why}; {because}" };
        return Forwarded(from, choice.Local, true) with
        {
            Why = because is null ? "externalTrafficPolicy Local" : $"externalTrafficPolicy Local; {because}",
            Source = SourceAddress.Kept,
            SourceWhy = "externalTrafficPolicy Local keeps it",
        };
    }

    private (SourceAddress, string) SourceAtClusterIP(PacketOrigin from)
    {
        if (settings.Options.MasqueradeAll) return (SourceAddress.Replaced, "--masquerade-all");
        if (!pods.IsKnown) return (SourceAddress.Unknown, NotKnown);
        if (pods.Block is not { } block) return (SourceAddress.Kept, "the proxy has no --cluster-cidr, so nobody counts as an outsider");
        return from == PacketOrigin.Pod
            ? (SourceAddress.Kept, "a pod's answer finds its way back by itself")
            : (SourceAddress.Replaced, $"the sender is no pod (not in {block}), so the answer must come back through this node");
    }

    private Fate HeldOff(PacketOrigin from, string policy)
    {
        if (!choice.HasAny)
        {
            return new Fate([from], Verdict.Refused) { Why = state.Endpoints.Count == 0 ? "there are no endpoints" : "no endpoint is ready" };
        }
        return new Fate([from], Verdict.Dropped) { Why = $"{policy} Local, and no endpoint on this node takes packets" };
    }

    private Fate Forwarded(PacketOrigin from, ValueArray<ServiceEndpoint> endpoints, bool onlyThisNode) =>
        new([from], Verdict.Forwarded) { Endpoints = [.. endpoints.Select(endpoint => endpoint.Text)], OnlyThisNode = onlyThisNode, InTurn = port.Balancing == Balancing.RoundRobin };

    /// <summary>Whether source ranges let a sender in; null where that depends on its address.</summary>
    private bool? IsAllowed(PacketOrigin from)
    {
        if (port.SourceRanges.Any(range => range.PrefixLength == 0)) return true;
        if (from == PacketOrigin.Node) return node.Address is { } address ? port.SourceRanges.Any(range => range.Contains(address)) : null;
        if (from == PacketOrigin.Outside || pods.Block is not { } block) return null;
        if (port.SourceRanges.Any(range => range.Contains(block.BaseAddress) && range.PrefixLength <= block.PrefixLength)) return true;
        return port.SourceRanges.Any(range => block.Contains(range.BaseAddress)) ? null : false;
    }
}

/// <summary>What is known of where pods live.</summary>
/// <param name="IsKnown">Whether the proxy's option is known.</param>
/// <param name="Block">The block; null where the proxy has none, or nothing is known.</param>
internal readonly record struct PodBlock(bool IsKnown, IPNetwork? Block);
