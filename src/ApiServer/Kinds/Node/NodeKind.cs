using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Validation;
using MiniK8s.ApiServer.Kinds.Rules;
using MiniK8s.ApiServer.Registry;

namespace MiniK8s.ApiServer.Kinds;

/// <summary>Nodes. A new one is tainted as not ready until the node controller finds it ready (admission plugin TaintNodesByCondition).</summary>
internal sealed class NodeKind : ResourceKind<Node>
{
    private const string NotReady = "node.kubernetes.io/not-ready";

    public override bool HasStatus => true;

    public override IReadOnlyList<Column<Node>> Columns => NodeColumns.All;

    public override IReadOnlyDictionary<string, Func<Node, string>> SelectableFields { get; } = new Dictionary<string, Func<Node, string>>
    {
        ["spec.unschedulable"] = node => node.Spec?.Unschedulable == true ? "true" : "false",
    };

    public override Node Default(Node value)
    {
        var spec = value.Spec ?? new();
        if (spec.PodCIDRs.Count == 0 && !string.IsNullOrEmpty(spec.PodCIDR)) spec = spec with { PodCIDRs = [spec.PodCIDR] };
        if (string.IsNullOrEmpty(spec.PodCIDR) && spec.PodCIDRs.Count > 0) spec = spec with { PodCIDR = spec.PodCIDRs[0] };
        var status = value.Status ?? new();
        status = status with
        {
            Capacity = Amounts.Canonical(status.Capacity),
            Allocatable = Amounts.Canonical(status.Allocatable.Count == 0 ? status.Capacity : status.Allocatable),
            NodeInfo = status.NodeInfo ?? new(),
            DaemonEndpoints = (status.DaemonEndpoints ?? new()) with { KubeletEndpoint = status.DaemonEndpoints?.KubeletEndpoint ?? new() },
        };
        return value with { Spec = spec, Status = status };
    }

    public override Node PrepareForCreate(Node value)
    {
        var spec = value.Spec ?? new();
        if (spec.Taints.Any(taint => taint is { Key: NotReady, Effect: "NoSchedule" })) return value;
        return value with { Spec = spec with { Taints = [.. spec.Taints, new Taint { Key = NotReady, Effect = "NoSchedule" }] } };
    }

    public override Node PrepareForUpdate(Node value, Node existing) => value with { Status = existing.Status };

    public override Node PrepareForStatusUpdate(Node value, Node existing) => existing with { Status = value.Status };

    public override IEnumerable<FieldError> Validate(Node value) => NodeValidation.Validate(value);

    public override IEnumerable<FieldError> ValidateUpdate(Node value, Node existing) => NodeValidation.ValidateUpdate(value, existing);

    public override IEnumerable<FieldError> ValidateStatusUpdate(Node value, Node existing) => NodeValidation.ValidateStatus(value);
}
