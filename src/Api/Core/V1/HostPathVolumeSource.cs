using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record HostPathVolumeSource
{
    [Proto(1), Required]
    public string Path { get; init => field = value ?? ""; } = "";

    [Proto(2), ZeroCounts, OneOf("BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket")]
    public string? Type { get; init; }
}
