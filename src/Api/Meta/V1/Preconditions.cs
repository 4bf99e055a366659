using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Meta.V1;

/// <summary>What must be true of an object before it is deleted; a difference is a conflict.</summary>
public sealed record Preconditions
{
    /// <summary>Version that the object must have.</summary>
    [Proto(2), ZeroCounts]
    public string? ResourceVersion { get; init; }

    /// <summary>Id that the object must have.</summary>
    [Proto(1), ZeroCounts]
    public string? Uid { get; init; }
}
