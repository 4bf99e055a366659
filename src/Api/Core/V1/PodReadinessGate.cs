using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>A condition that must hold before a pod counts as ready; somebody outside the kubelet sets it.</summary>
public sealed record PodReadinessGate
{
    /// <summary>Type of the condition in the pod's status.</summary>
    [Proto(1), Required]
    public string ConditionType { get; init => field = value ?? ""; } = "";
}
