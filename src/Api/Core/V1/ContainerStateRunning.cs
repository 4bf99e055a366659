using System.Text.Json.Serialization;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Values;

namespace MiniK8s.Api.Core.V1;

/// <summary>A container that runs.</summary>
public sealed record ContainerStateRunning
{
    /// <summary>When it was started last.</summary>
    [Proto(1), JsonConverter(typeof(TimeConverter))]
    public DateTimeOffset? StartedAt { get; init; }
}
