using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record ResourceStatus
{
    [Proto(1), Required]
    public string Name { get; init => field = value ?? ""; } = "";

    [Proto(2), ListMap("resourceID")]
    public IReadOnlyList<ResourceHealth> Resources { get; init => field = value ?? []; } = [];
}
