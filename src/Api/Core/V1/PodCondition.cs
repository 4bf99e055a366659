using System.Text.Json.Serialization;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Values;

namespace MiniK8s.Api.Core.V1;

/// <summary>One step or test of a pod's life, and whether it holds.</summary>
public sealed record PodCondition
{
    /// <summary>When it was looked at last.</summary>
    [Proto(3), JsonConverter(typeof(TimeConverter))]
    public DateTimeOffset? LastProbeTime { get; init; }

    /// <summary>When Status changed last.</summary>
    [Proto(4), JsonConverter(typeof(TimeConverter))]
    public DateTimeOffset? LastTransitionTime { get; init; }

    /// <summary>Details of the last change, for people.</summary>
    [Proto(6)]
    public string? Message { get; init; }

    /// <summary>Cause of the last change, as a CamelCase word.</summary>
    [Proto(5)]
    public string? Reason { get; init; }

    /// <summary><c>True</c>, <c>False</c> or <c>Unknown</c>.</summary>
    [Proto(2), Required]
    public string Status { get; init => field = value ?? ""; } = "";

    /// <summary>What is observed, such as <c>Ready</c>.</summary>
    [Proto(1), Required]
    public string Type { get; init => field = value ?? ""; } = "";
}
