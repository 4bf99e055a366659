using System.Text.Json.Serialization;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Values;

namespace MiniK8s.Api.Meta.V1;

/// <summary>One observation about an object, and whether it holds.</summary>
public sealed record Condition
{
    /// <summary>When Status changed last.</summary>
    [Proto(4), Required, JsonConverter(typeof(TimeConverter))]
    public DateTimeOffset? LastTransitionTime { get; init; }

    /// <summary>Details of the last change, for people; may be empty.</summary>
    [Proto(6), Required]
    public string Message { get; init => field = value ?? ""; } = "";

    /// <summary>Generation of the object that was looked at; an older one makes the condition stale.</summary>
    [Proto(3)]
    public long? ObservedGeneration { get; init; }

    /// <summary>Cause of the last change, as a CamelCase word.</summary>
    [Proto(5), Required]
    public string Reason { get; init => field = value ?? ""; } = "";

    /// <summary><c>True</c>, <c>False</c> or <c>Unknown</c>.</summary>
    [Proto(2), Required]
    public string Status { get; init => field = value ?? ""; } = "";

    /// <summary>What is observed; unique in the object.</summary>
    [Proto(1), Required]
    public string Type { get; init => field = value ?? ""; } = "";
}
