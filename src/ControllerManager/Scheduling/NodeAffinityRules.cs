using System.Globalization;
using MiniK8s.Api.Core.V1;

namespace MiniK8s.ControllerManager.Scheduling;

/// <summary>Which nodes a pod asks for (k8s.io/component-helpers nodeaffinity).</summary>
internal static class NodeAffinityRules
{
    /// <summary>Whether the node is one that the pod's nodeSelector and its required node affinity allow.</summary>
    public static bool Allow(PodSpec spec, Node node)
    {
        if (!spec.NodeSelector.All(wanted => node.Metadata.Labels.TryGetValue(wanted.Key, out var value) && value == wanted.Value)) return false;
        return spec.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution is not { } required
            || required.NodeSelectorTerms.Any(term => Matches(term, node));
    }

    /// <summary>The sum of the weights of the preferred terms that the node matches.</summary>
    public static int Preference(PodSpec spec, Node node) =>
        (spec.Affinity?.NodeAffinity?.PreferredDuringSchedulingIgnoredDuringExecution ?? [])
            .Where(term => Matches(term.Preference, node)).Sum(term => term.Weight);

    /// <summary>All requirements of a term must hold; a term without any matches nothing.</summary>
    private static bool Matches(NodeSelectorTerm term, Node node) =>
        term.MatchExpressions.Count + term.MatchFields.Count > 0
        && term.MatchExpressions.All(r => Holds(r, node.Metadata.Labels.GetValueOrDefault(r.Key)))
        && term.MatchFields.All(r => Holds(r, r.Key == "metadata.name" ? node.Metadata.Name : null));

    private static bool Holds(NodeSelectorRequirement requirement, string? value) => requirement.Operator switch
    {
        "In" => value is not null && requirement.Values.Contains(value),
        "NotIn" => value is null || !requirement.Values.Contains(value),
        "Exists" => value is not null,
        "DoesNotExist" => value is null,
        "Gt" => Compare(value, requirement) is > 0,
        "Lt" => Compare(value, requirement) is < 0,
        _ => false,
    };

    private static int? Compare(string? value, NodeSelectorRequirement requirement) =>
        long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var left)
        && requirement.Values is [var text] && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var right)
            ? left.CompareTo(right) : null;
}
