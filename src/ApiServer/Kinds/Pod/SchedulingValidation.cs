using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Names;
using MiniK8s.Api.Validation;
using MiniK8s.ApiServer.Kinds.Rules;

namespace MiniK8s.ApiServer.Kinds;

/// <summary>Where a pod may run: selectors, tolerations, affinity, spreading.</summary>
internal static class SchedulingValidation
{
    private static readonly string[] Effects = ["NoSchedule", "PreferNoSchedule", "NoExecute"];
    private static readonly string[] Operators = ["Equal", "Exists"];
    private static readonly string[] Spreads = ["DoNotSchedule", "ScheduleAnyway"];

    public static IEnumerable<FieldError> Validate(PodSpec spec) =>
        FieldRules.Labels("spec.nodeSelector", spec.NodeSelector)
            .Concat(spec.Tolerations.SelectMany((toleration, index) => Toleration($"spec.tolerations[{index}]", toleration)))
            .Concat(spec.TopologySpreadConstraints.SelectMany((constraint, index) => Spread($"spec.topologySpreadConstraints[{index}]", constraint)))
            .Concat(spec.Affinity is { } affinity ? Affinity("spec.affinity", affinity) : []);

    private static IEnumerable<FieldError> Toleration(string field, Toleration toleration)
    {
        if (!string.IsNullOrEmpty(toleration.Key)) foreach (var error in FieldRules.QualifiedName($"{field}.key", toleration.Key)) yield return error;
        else if (toleration.Operator != "Exists")
            yield return FieldError.Invalid($"{field}.operator", toleration.Operator ?? "", "operator must be Exists when `key` is empty, which means \"match all values and all keys\"");
        if (toleration.TolerationSeconds is not null && toleration.Effect != "NoExecute")
            yield return FieldError.Invalid($"{field}.effect", toleration.Effect ?? "", "effect must be 'NoExecute' when `tolerationSeconds` is set");
        var value = toleration.Value ?? "";
        if (toleration.Operator == "Exists" && value.Length > 0)
            yield return FieldError.Invalid($"{field}.operator", value, "value must be empty when `operator` is 'Exists'");
        var errors = FieldRules.OptionalOneOf($"{field}.operator", toleration.Operator, Operators).Concat(FieldRules.OptionalOneOf($"{field}.effect", toleration.Effect, Effects));
        if (toleration.Operator is null or "" or "Equal") errors = errors.Concat(FieldRules.Invalid($"{field}.operator", value, NameRules.LabelValue(value)));
        foreach (var error in errors) yield return error;
    }

    private static IEnumerable<FieldError> Spread(string field, TopologySpreadConstraint constraint)
    {
        if (constraint.MaxSkew <= 0) yield return FieldError.Invalid($"{field}.maxSkew", constraint.MaxSkew, "must be greater than zero");
        if (constraint.TopologyKey.Length == 0) yield return FieldError.Required($"{field}.topologyKey", "can not be empty");
        else foreach (var error in FieldRules.QualifiedName($"{field}.topologyKey", constraint.TopologyKey)) yield return error;
        foreach (var error in FieldRules.OneOf($"{field}.whenUnsatisfiable", constraint.WhenUnsatisfiable, Spreads)) yield return error;
    }

    private static IEnumerable<FieldError> Affinity(string field, Affinity affinity)
    {
        const string required = "requiredDuringSchedulingIgnoredDuringExecution";
        const string preferred = "preferredDuringSchedulingIgnoredDuringExecution";
        var (node, pod, anti) = (affinity.NodeAffinity ?? new(), affinity.PodAffinity ?? new(), affinity.PodAntiAffinity ?? new());
        if (node.RequiredDuringSchedulingIgnoredDuringExecution is { NodeSelectorTerms.Count: 0 })
            yield return FieldError.Required($"{field}.nodeAffinity.{required}.nodeSelectorTerms", "must have at least one node selector term");
        var errors = (node.RequiredDuringSchedulingIgnoredDuringExecution?.NodeSelectorTerms ?? [])
            .SelectMany((term, index) => NodeTerm($"{field}.nodeAffinity.{required}.nodeSelectorTerms[{index}]", term))
            .Concat(node.PreferredDuringSchedulingIgnoredDuringExecution.SelectMany((term, index) =>
                Weight($"{field}.nodeAffinity.{preferred}[{index}].weight", term.Weight).Concat(NodeTerm($"{field}.nodeAffinity.{preferred}[{index}].preference", term.Preference))))
            .Concat(PodTerms($"{field}.podAffinity.{required}", pod.RequiredDuringSchedulingIgnoredDuringExecution))
            .Concat(WeightedPodTerms($"{field}.podAffinity.{preferred}", pod.PreferredDuringSchedulingIgnoredDuringExecution))
            .Concat(PodTerms($"{field}.podAntiAffinity.{required}", anti.RequiredDuringSchedulingIgnoredDuringExecution))
            .Concat(WeightedPodTerms($"{field}.podAntiAffinity.{preferred}", anti.PreferredDuringSchedulingIgnoredDuringExecution));
        foreach (var error in errors) yield return error;
    }

    private static IEnumerable<FieldError> NodeTerm(string field, NodeSelectorTerm term) =>
        term.MatchExpressions.SelectMany((item, index) => Requirement($"{field}.matchExpressions[{index}]", item).Concat(FieldRules.QualifiedName($"{field}.matchExpressions[{index}].key", item.Key)))
            .Concat(term.MatchFields.SelectMany((item, index) => Requirement($"{field}.matchFields[{index}]", item)));

    private static IEnumerable<FieldError> Requirement(string field, NodeSelectorRequirement item)
    {
        var values = $"{field}.values";
        if (item.Operator is "In" or "NotIn")
        {
            if (item.Values.Count == 0) yield return FieldError.Required(values, "must be specified when `operator` is 'In' or 'NotIn'");
        }
        else if (item.Operator is "Exists" or "DoesNotExist")
        {
            if (item.Values.Count > 0) yield return FieldError.Forbidden(values, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
        }
        else if (item.Operator is "Gt" or "Lt")
        {
            if (item.Values.Count != 1) yield return FieldError.Required(values, "must be specified single value when `operator` is 'Lt' or 'Gt'");
        }
        else yield return FieldError.Invalid($"{field}.operator", item.Operator, "not a valid selector operator");
    }

    private static IEnumerable<FieldError> WeightedPodTerms(string field, IReadOnlyList<WeightedPodAffinityTerm> terms) => terms.SelectMany((term, index) =>
        Weight($"{field}[{index}].weight", term.Weight).Concat(TopologyKey($"{field}[{index}].podAffinityTerm.topologyKey", term.PodAffinityTerm?.TopologyKey)));

    private static IEnumerable<FieldError> PodTerms(string field, IReadOnlyList<PodAffinityTerm> terms) =>
        terms.SelectMany((term, index) => TopologyKey($"{field}[{index}].topologyKey", term.TopologyKey));

    private static IEnumerable<FieldError> TopologyKey(string field, string? key) =>
        string.IsNullOrEmpty(key) ? [FieldError.Required(field, "can not be empty")] : FieldRules.QualifiedName(field, key);

    private static IEnumerable<FieldError> Weight(string field, int weight)
    {
        if (weight is < 1 or > 100) yield return FieldError.Invalid(field, weight, "must be in the range 1-100");
    }
}
