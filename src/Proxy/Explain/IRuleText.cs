using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Explain;

/// <summary>What a backend writes for one Service port, as text for people. Pure: it reads the model, not the kernel.</summary>
internal interface IRuleText
{
    /// <summary>
    /// The rules that concern the port, in the backend's own syntax and in the order in which a packet meets them: a block per
    /// chain, map or virtual server. Empty for a port that is not in the model.
    /// </summary>
    IReadOnlyList<RuleBlock> RulesOf(ProxyModel model, ServicePortName name);
}

/// <summary>Rules that stand together.</summary>
/// <param name="Place">Where they are, such as <c>nat KUBE-SERVICES</c>.</param>
/// <param name="Lines">The rules, one a line.</param>
internal sealed record RuleBlock(string Place, IReadOnlyList<string> Lines);
