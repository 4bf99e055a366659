using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Another object of the same namespace, of a kind that follows from the place.</summary>
public sealed record LocalObjectReference
{
    /// <summary>Name of the object.</summary>
    [Proto(1)]
    public string? Name { get; init; }
}
