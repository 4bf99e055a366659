using System.Text.Json.Serialization;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Values;

namespace MiniK8s.Api.Core.V1;

public sealed record ContainerStateRunning
{
    [Proto(1), JsonConverter(typeof(TimeConverter))]
    public DateTimeOffset? StartedAt { get; init; }
}
