using System.Text.Json.Serialization;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Values;

namespace MiniK8s.Api.Core.V1;

/// <summary>A mark on a node that keeps pods away, unless they tolerate it.</summary>
public sealed record Taint
{
    /// <summary>What it does: <c>NoSchedule</c>, <c>PreferNoSchedule</c> or <c>NoExecute</c> (also ends pods that run).</summary>
    [Proto(3), Required, OneOf("NoExecute", "NoSchedule", "PreferNoSchedule")]
    public string Effect { get; init => field = value ?? ""; } = "";

    /// <summary>Label key of the mark.</summary>
    [Proto(1), Required]
    public string Key { get; init => field = value ?? ""; } = "";

    /// <summary>When it was put on; only for NoExecute, where tolerations count from it.</summary>
    [Proto(4), JsonConverter(typeof(TimeConverter))]
    public DateTimeOffset? TimeAdded { get; init; }

    /// <summary>Label value of the mark.</summary>
    [Proto(2)]
    public string? Value { get; init; }
}
