using System.Text.Json.Serialization;
using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Meta.V1;

/// <summary>How a request ended, when no object is the answer: <c>Success</c>, or <c>Failure</c> with a reason that programs understand.</summary>
public sealed record Status
{
    /// <summary>Always <c>v1</c>.</summary>
    public string ApiVersion { get; init; } = "v1";

    /// <summary>HTTP status code, repeated in the body.</summary>
    [Proto(6)]
    public int? Code { get; init; }

    /// <summary>What the failure is about.</summary>
    [Proto(5), Atomic]
    public StatusDetails? Details { get; init; }

    /// <summary>Always <c>Status</c>.</summary>
    public string Kind { get; init; } = "Status";

    /// <summary>What happened, for people.</summary>
    [Proto(3)]
    public string? Message { get; init; }

    /// <summary>List metadata, empty for most answers.</summary>
    [Proto(1)]
    public ListMeta Metadata { get; init => field = value ?? new(); } = new();

    /// <summary>Cause of the failure, one of StatusReasons; for programs.</summary>
    [Proto(4)]
    public string? Reason { get; init; }

    /// <summary><c>Success</c> or <c>Failure</c>.</summary>
    [Proto(2), JsonPropertyName("status")]
    public string? Outcome { get; init; }
}
