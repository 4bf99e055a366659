using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>A key that becomes a file.</summary>
public sealed record KeyToPath
{
    /// <summary>The key.</summary>
    [Proto(1), Required]
    public string Key { get; init => field = value ?? ""; } = "";

    /// <summary>Permission bits of the file, 0-511 (0777); the volume's default unless given.</summary>
    [Proto(3), ZeroCounts]
    public int? Mode { get; init; }

    /// <summary>File in the volume; relative, without <c>..</c>.</summary>
    [Proto(2), Required]
    public string Path { get; init => field = value ?? ""; } = "";
}
