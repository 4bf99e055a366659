using MiniK8s.Api.Declarations;
using MiniK8s.Api.Values;

namespace MiniK8s.Api.Core.V1;

/// <summary>What a container or pod asks for, and what it may use at most.</summary>
public sealed record ResourceRequirements
{
    /// <summary>Device claims of the pod that the container uses.</summary>
    [Proto(3), ListMap("name")]
    public IReadOnlyList<ResourceClaim> Claims { get; init => field = value ?? []; } = [];

    /// <summary>Most that it may use, by resource, such as cpu and memory.</summary>
    [Proto(1)]
    public IReadOnlyDictionary<string, Quantity> Limits { get; init => field = value ?? new Dictionary<string, Quantity>(); } = new Dictionary<string, Quantity>();

    /// <summary>Least that it is given, by resource; equals the limit unless given. The scheduler counts these.</summary>
    [Proto(2)]
    public IReadOnlyDictionary<string, Quantity> Requests { get; init => field = value ?? new Dictionary<string, Quantity>(); } = new Dictionary<string, Quantity>();
}
