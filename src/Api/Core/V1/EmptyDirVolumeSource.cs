using MiniK8s.Api.Declarations;
using MiniK8s.Api.Values;

namespace MiniK8s.Api.Core.V1;

/// <summary>Empty directory that lives as long as the pod.</summary>
public sealed record EmptyDirVolumeSource
{
    /// <summary><c>Memory</c> for a tmpfs; the node's disk unless given.</summary>
    [Proto(1)]
    public string? Medium { get; init; }

    /// <summary>Most that it may hold; no limit unless given.</summary>
    [Proto(2)]
    public Quantity? SizeLimit { get; init; }
}
