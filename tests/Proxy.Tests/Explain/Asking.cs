using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Discovery.V1;
using Microsoft.Extensions.Logging.Abstractions;
using MiniK8s.Proxy.Apply;
using MiniK8s.Proxy.Explain;
using MiniK8s.Proxy.Modes;
using MiniK8s.Proxy.Tests.Kit;

namespace MiniK8s.Proxy.Tests.Explain;

/// <summary>Questions as tests ask them: of the proxy of node n1, whose pods are 10.244.0.0/16.</summary>
internal static class Asking
{
    public static ExplainSettings Settings { get; } = new(new ProxyOptions { NodeName = Given.NodeName, Mode = "iptables", ClusterCidr = "10.244.0.0/16" }, KnowsPods: true);

    public static Explanation Explain(Service service, params EndpointSlice[] slices) => Explain(Settings, Given.Node(), service, slices);

    public static Explanation Explain(ExplainSettings settings, Node? node, Service service, params EndpointSlice[] slices) =>
        ServiceExplainer.Explain(new ExplainedObjects(service, slices, node), settings, Enum.GetValues<PacketOrigin>(), family => new IptablesMode(settings.Options, new ToolRunner(TimeProvider.System), NullLogger.Instance).RuleTextOf(family));

    public static PortExplanation Only(this Explanation explanation) => Assert.Single(Assert.Single(explanation.Families).Ports);

    /// <summary>Such as <c>Forwarded Replaced 10.244.1.1:8080</c>.</summary>
    public static string FateOf(this PortExplanation port, string way, PacketOrigin from)
    {
        var fate = Assert.Single(Assert.Single(port.Ways, known => known.Kind == way).Fates, fate => fate.From.Contains(from));
        var only = fate.OnlyIf is null ? "" : " (if)";
        return $"{fate.Verdict} {fate.Source} {string.Join(' ', fate.Endpoints)}".Trim() + only;
    }

    /// <summary>A pod's endpoint with its name, as controllers write it.</summary>
    public static Endpoint Named(Endpoint endpoint, string pod) => endpoint with { TargetRef = new ObjectReference { Kind = "Pod", Name = pod, Namespace = "shop" } };
}
