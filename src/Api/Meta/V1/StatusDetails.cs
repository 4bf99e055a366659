using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Meta.V1;

/// <summary>What a failure is about.</summary>
public sealed record StatusDetails
{
    /// <summary>Each fault by itself, such as every invalid field.</summary>
    [Proto(4), Atomic]
    public IReadOnlyList<StatusCause> Causes { get; init => field = value ?? []; } = [];

    /// <summary>API group of the object.</summary>
    [Proto(2)]
    public string? Group { get; init; }

    /// <summary>Kind or resource of the object.</summary>
    [Proto(3)]
    public string? Kind { get; init; }

    /// <summary>Name of the object.</summary>
    [Proto(1)]
    public string? Name { get; init; }

    /// <summary>Seconds after which the client may try again; 0 for no advice.</summary>
    [Proto(5)]
    public int? RetryAfterSeconds { get; init; }

    /// <summary>Id of the object, if there is just one.</summary>
    [Proto(6)]
    public string? Uid { get; init; }
}
