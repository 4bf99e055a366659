using MiniK8s.Api.Declarations;
using MiniK8s.Api.Values;

namespace MiniK8s.Api.Core.V1;

/// <summary>Size that is asked of a volume.</summary>
public sealed record VolumeResourceRequirements
{
    /// <summary>Most, by resource; only storage.</summary>
    [Proto(1)]
    public IReadOnlyDictionary<string, Quantity> Limits { get; init => field = value ?? new Dictionary<string, Quantity>(); } = new Dictionary<string, Quantity>();

    /// <summary>Least, by resource; only storage.</summary>
    [Proto(2)]
    public IReadOnlyDictionary<string, Quantity> Requests { get; init => field = value ?? new Dictionary<string, Quantity>(); } = new Dictionary<string, Quantity>();
}
