using System.Text.Json.Serialization;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Values;

namespace MiniK8s.Api.Core.V1;

public sealed record Taint
{
    [Proto(3), Required, OneOf("NoExecute", "NoSchedule", "PreferNoSchedule")]
    public string Effect { get; init => field = value ?? ""; } = "";

    [Proto(1), Required]
    public string Key { get; init => field = value ?? ""; } = "";

    [Proto(4), JsonConverter(typeof(TimeConverter))]
    public DateTimeOffset? TimeAdded { get; init; }

    [Proto(2)]
    public string? Value { get; init; }
}
