using MiniK8s.Api.Declarations;
using MiniK8s.Api.Values;

namespace MiniK8s.Api.Core.V1;

public sealed record ResourceRequirements
{
    [Proto(3), ListMap("name")]
    public IReadOnlyList<ResourceClaim> Claims { get; init => field = value ?? []; } = [];

    [Proto(1)]
    public IReadOnlyDictionary<string, Quantity> Limits { get; init => field = value ?? new Dictionary<string, Quantity>(); } = new Dictionary<string, Quantity>();

    [Proto(2)]
    public IReadOnlyDictionary<string, Quantity> Requests { get; init => field = value ?? new Dictionary<string, Quantity>(); } = new Dictionary<string, Quantity>();
}
