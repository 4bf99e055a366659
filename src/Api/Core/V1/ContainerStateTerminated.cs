using System.Text.Json.Serialization;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Values;

namespace MiniK8s.Api.Core.V1;

/// <summary>A container that has ended, and how.</summary>
public sealed record ContainerStateTerminated
{
    /// <summary>Runtime and id of the ended container, as <c>docker://id</c>.</summary>
    [Proto(7)]
    public string? ContainerID { get; init; }

    /// <summary>Exit code of the program; 128 plus the signal if that ended it.</summary>
    [Proto(1), Required]
    public int ExitCode { get; init; }

    /// <summary>When it ended.</summary>
    [Proto(6), JsonConverter(typeof(TimeConverter))]
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Its termination message.</summary>
    [Proto(4)]
    public string? Message { get; init; }

    /// <summary>CamelCase word for the end, such as <c>Completed</c>, <c>Error</c> or <c>OOMKilled</c>.</summary>
    [Proto(3)]
    public string? Reason { get; init; }

    /// <summary>Signal that ended it, if one did.</summary>
    [Proto(2)]
    public int? Signal { get; init; }

    /// <summary>When it had been started.</summary>
    [Proto(5), JsonConverter(typeof(TimeConverter))]
    public DateTimeOffset? StartedAt { get; init; }
}
