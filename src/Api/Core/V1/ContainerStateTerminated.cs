using System.Text.Json.Serialization;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Values;

namespace MiniK8s.Api.Core.V1;

public sealed record ContainerStateTerminated
{
    [Proto(7)]
    public string? ContainerID { get; init; }

    [Proto(1), Required]
    public int ExitCode { get; init; }

    [Proto(6), JsonConverter(typeof(TimeConverter))]
    public DateTimeOffset? FinishedAt { get; init; }

    [Proto(4)]
    public string? Message { get; init; }

    [Proto(3)]
    public string? Reason { get; init; }

    [Proto(2)]
    public int? Signal { get; init; }

    [Proto(5), JsonConverter(typeof(TimeConverter))]
    public DateTimeOffset? StartedAt { get; init; }
}
