using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Directory of an NFS server.</summary>
public sealed record NFSVolumeSource
{
    /// <summary>Exported path.</summary>
    [Proto(2), Required]
    public string Path { get; init => field = value ?? ""; } = "";

    /// <summary>Whether it is mounted read-only; false unless given.</summary>
    [Proto(3)]
    public bool? ReadOnly { get; init; }

    /// <summary>Host name or address of the server.</summary>
    [Proto(1), Required]
    public string Server { get; init => field = value ?? ""; } = "";
}
