using System.Text.Json.Serialization;
using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Meta.V1;

/// <summary>How a request ended, when no object is the answer: <c>Success</c>, or <c>Failure</c> with a reason that programs understand.</summary>
public sealed record Status
{
    public string ApiVersion { get; init; } = "v1";

    [Proto(6)]
    public int? Code { get; init; }

    [Proto(5), Atomic]
    public StatusDetails? Details { get; init; }

    public string Kind { get; init; } = "Status";

    [Proto(3)]
    public string? Message { get; init; }

    [Proto(1)]
    public ListMeta Metadata { get; init => field = value ?? new(); } = new();

    [Proto(4)]
    public string? Reason { get; init; }

    [Proto(2), JsonPropertyName("status")]
    public string? Outcome { get; init; }
}
