using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Names;
using MiniK8s.Api.Networking;
using MiniK8s.Api.Validation;
using MiniK8s.Api.Values;
using MiniK8s.ApiServer.Kinds.Rules;

namespace MiniK8s.ApiServer.Kinds;

/// <summary>What a Node may look like, and which of its fields are given once.</summary>
internal static class NodeValidation
{
    private static readonly string[] Effects = ["NoSchedule", "PreferNoSchedule", "NoExecute"];

    public static IEnumerable<FieldError> Validate(Node node)
    {
        var spec = node.Spec ?? new();
        return Taints(spec.Taints).Concat(PodCidrs(spec)).Concat(ValidateStatus(node));
    }

    public static IEnumerable<FieldError> ValidateUpdate(Node node, Node existing)
    {
        var (spec, before) = (node.Spec ?? new(), existing.Spec ?? new());
        if (before.PodCIDRs.Count > 0 && !spec.PodCIDRs.SequenceEqual(before.PodCIDRs))
            yield return FieldError.Forbidden("spec.podCIDRs", "node updates may not change podCIDR except from \"\" to valid");
        if (!string.IsNullOrEmpty(before.ProviderID) && spec.ProviderID != before.ProviderID)
            yield return FieldError.Forbidden("spec.providerID", "node updates may not change providerID except from \"\" to valid");
    }

    public static IEnumerable<FieldError> ValidateStatus(Node node)
    {
        var status = node.Status ?? new();
        var seen = new HashSet<(string, string)>();
        for (var index = 0; index < status.Addresses.Count; index++)
        {
            var address = status.Addresses[index];
            if (!seen.Add((address.Type, address.Address))) yield return FieldError.Duplicate($"status.addresses[{index}]", $"{address.Type} {address.Address}");
        }
        foreach (var error in Resources("status.capacity", status.Capacity).Concat(Resources("status.allocatable", status.Allocatable))) yield return error;
    }

    private static IEnumerable<FieldError> Taints(IReadOnlyList<Taint> taints)
    {
        var seen = new HashSet<(string, string)>();
        for (var index = 0; index < taints.Count; index++)
        {
            var taint = taints[index];
            var field = $"spec.taints[{index}]";
            foreach (var error in FieldRules.QualifiedName($"{field}.key", taint.Key)) yield return error;
            foreach (var error in FieldRules.Invalid($"{field}.value", taint.Value, NameRules.LabelValue(taint.Value ?? ""))) yield return error;
            foreach (var error in FieldRules.OneOf($"{field}.effect", taint.Effect, Effects)) yield return error;
            if (!seen.Add((taint.Key, taint.Effect))) yield return FieldError.Duplicate(field, $"{taint.Key}:{taint.Effect}");
        }
    }

    private static IEnumerable<FieldError> PodCidrs(NodeSpec spec)
    {
        const string field = "spec.podCIDRs";
        foreach (var error in spec.PodCIDRs.SelectMany((block, index) => FieldRules.Cidr($"{field}[{index}]", block))) yield return error;
        if (spec.PodCIDRs.Count > 0 && spec.PodCIDRs[0] != spec.PodCIDR)
            yield return FieldError.Invalid(field, spec.PodCIDRs, "first value must match `podCIDR`");
        if (spec.PodCIDRs.Count < 2) yield break;
        var families = spec.PodCIDRs.Select(block => IpRange.TryParse(block, out var range) ? range.FamilyName : block).Distinct().Count();
        if (spec.PodCIDRs.Count > 2 || families < spec.PodCIDRs.Count)
            yield return FieldError.Invalid(field, spec.PodCIDRs, "may specify no more than one CIDR for each IP family");
    }

    private static IEnumerable<FieldError> Resources(string field, IReadOnlyDictionary<string, Quantity> amounts) =>
        amounts.SelectMany(pair => Amounts.NotNegative($"{field}[{pair.Key}]", pair.Value));
}
