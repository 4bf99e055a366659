using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>A gate that keeps the scheduler from placing a pod.</summary>
public sealed record PodSchedulingGate
{
    /// <summary>Name of the gate; unique in the pod.</summary>
    [Proto(1), Required]
    public string Name { get; init => field = value ?? ""; } = "";
}
