using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Keys of a config map, as files of a projected volume.</summary>
public sealed record ConfigMapProjection
{
    /// <summary>Which keys, and their paths; all keys under their own names unless given.</summary>
    [Proto(2), Atomic]
    public IReadOnlyList<KeyToPath> Items { get; init => field = value ?? []; } = [];

    /// <summary>Name of the config map, in the pod's namespace.</summary>
    [Proto(1, 1)]
    public string? Name { get; init; }

    /// <summary>Whether the config map or keys may be missing; false unless given.</summary>
    [Proto(4), ZeroCounts]
    public bool? Optional { get; init; }
}
