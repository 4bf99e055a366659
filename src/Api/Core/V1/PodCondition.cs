using System.Text.Json.Serialization;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Values;

namespace MiniK8s.Api.Core.V1;

public sealed record PodCondition
{
    [Proto(3), JsonConverter(typeof(TimeConverter))]
    public DateTimeOffset? LastProbeTime { get; init; }

    [Proto(4), JsonConverter(typeof(TimeConverter))]
    public DateTimeOffset? LastTransitionTime { get; init; }

    [Proto(6)]
    public string? Message { get; init; }

    [Proto(5)]
    public string? Reason { get; init; }

    [Proto(2), Required]
    public string Status { get; init => field = value ?? ""; } = "";

    [Proto(1), Required]
    public string Type { get; init => field = value ?? ""; } = "";
}
