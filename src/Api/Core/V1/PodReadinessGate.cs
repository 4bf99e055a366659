using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record PodReadinessGate
{
    [Proto(1), Required]
    public string ConditionType { get; init => field = value ?? ""; } = "";
}
