using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Obsolete: clone of a git repository.</summary>
public sealed record GitRepoVolumeSource
{
    /// <summary>Directory of the clone in the volume; without <c>..</c>.</summary>
    [Proto(3)]
    public string? Directory { get; init; }

    /// <summary>Address of the repository.</summary>
    [Proto(1), Required]
    public string Repository { get; init => field = value ?? ""; } = "";

    /// <summary>Commit to check out.</summary>
    [Proto(2)]
    public string? Revision { get; init; }
}
