using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Obsolete: GlusterFS volume.</summary>
public sealed record GlusterfsVolumeSource
{
    /// <summary>Name of the Endpoints object with the servers.</summary>
    [Proto(1), Required]
    public string Endpoints { get; init => field = value ?? ""; } = "";

    /// <summary>Name of the volume.</summary>
    [Proto(2), Required]
    public string Path { get; init => field = value ?? ""; } = "";

    /// <summary>Whether it is mounted read-only; false unless given.</summary>
    [Proto(3)]
    public bool? ReadOnly { get; init; }
}
