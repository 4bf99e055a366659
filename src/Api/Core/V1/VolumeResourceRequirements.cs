using MiniK8s.Api.Declarations;
using MiniK8s.Api.Values;

namespace MiniK8s.Api.Core.V1;

public sealed record VolumeResourceRequirements
{
    [Proto(1)]
    public IReadOnlyDictionary<string, Quantity> Limits { get; init => field = value ?? new Dictionary<string, Quantity>(); } = new Dictionary<string, Quantity>();

    [Proto(2)]
    public IReadOnlyDictionary<string, Quantity> Requests { get; init => field = value ?? new Dictionary<string, Quantity>(); } = new Dictionary<string, Quantity>();
}
