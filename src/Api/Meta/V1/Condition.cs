using System.Text.Json.Serialization;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Values;

namespace MiniK8s.Api.Meta.V1;

public sealed record Condition
{
    [Proto(4), Required, JsonConverter(typeof(TimeConverter))]
    public DateTimeOffset? LastTransitionTime { get; init; }

    [Proto(6), Required]
    public string Message { get; init => field = value ?? ""; } = "";

    [Proto(3)]
    public long? ObservedGeneration { get; init; }

    [Proto(5), Required]
    public string Reason { get; init => field = value ?? ""; } = "";

    [Proto(2), Required]
    public string Status { get; init => field = value ?? ""; } = "";

    [Proto(1), Required]
    public string Type { get; init => field = value ?? ""; } = "";
}
