using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>File or directory of the node.</summary>
public sealed record HostPathVolumeSource
{
    /// <summary>Path on the node; without <c>..</c>.</summary>
    [Proto(1), Required]
    public string Path { get; init => field = value ?? ""; } = "";

    /// <summary>What must be there, such as <c>Directory</c> or <c>FileOrCreate</c>; nothing is checked unless given.</summary>
    [Proto(2), ZeroCounts, OneOf("BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket")]
    public string? Type { get; init; }
}
