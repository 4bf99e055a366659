using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Keys of a secret, as files.</summary>
public sealed record SecretVolumeSource
{
    /// <summary>Permission bits of the files, 0-511 (0777); 420 (0644) unless given.</summary>
    [Proto(3), ZeroCounts]
    public int? DefaultMode { get; init; }

    /// <summary>Which keys, and their paths; all keys under their own names unless given.</summary>
    [Proto(2), Atomic]
    public IReadOnlyList<KeyToPath> Items { get; init => field = value ?? []; } = [];

    /// <summary>Whether the secret or keys may be missing; false unless given.</summary>
    [Proto(4), ZeroCounts]
    public bool? Optional { get; init; }

    /// <summary>Name of the secret, in the pod's namespace.</summary>
    [Proto(1)]
    public string? SecretName { get; init; }
}
