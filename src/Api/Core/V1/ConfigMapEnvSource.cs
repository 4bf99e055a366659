using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>A config map all of whose keys become variables.</summary>
public sealed record ConfigMapEnvSource
{
    /// <summary>Name of the config map, in the pod's namespace.</summary>
    [Proto(1, 1)]
    public string? Name { get; init; }

    /// <summary>Whether the config map may be missing; false unless given.</summary>
    [Proto(2), ZeroCounts]
    public bool? Optional { get; init; }
}
