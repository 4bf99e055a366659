using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>A file that holds a field of the pod; exactly one source is given.</summary>
public sealed record DownwardAPIVolumeFile
{
    /// <summary>Field of the pod, such as metadata.labels.</summary>
    [Proto(2)]
    public ObjectFieldSelector? FieldRef { get; init; }

    /// <summary>Permission bits of the file, 0-511 (0777); the volume's default unless given.</summary>
    [Proto(4), ZeroCounts]
    public int? Mode { get; init; }

    /// <summary>File in the volume; relative, without <c>..</c>.</summary>
    [Proto(1), Required]
    public string Path { get; init => field = value ?? ""; } = "";

    /// <summary>Request or limit of a container.</summary>
    [Proto(3)]
    public ResourceFieldSelector? ResourceFieldRef { get; init; }
}
