using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>A volume mounted in a container.</summary>
public sealed record VolumeMount
{
    /// <summary>Path in the container; without a colon.</summary>
    [Proto(3), Required]
    public string MountPath { get; init => field = value ?? ""; } = "";

    /// <summary>Which mounts pass between node and container: <c>None</c> (the default), <c>HostToContainer</c> or <c>Bidirectional</c>.</summary>
    [Proto(5), ZeroCounts, OneOf("Bidirectional", "HostToContainer", "None")]
    public string? MountPropagation { get; init; }

    /// <summary>Name of the volume in the pod.</summary>
    [Proto(1), Required]
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Whether the container may only read; false unless given.</summary>
    [Proto(2)]
    public bool? ReadOnly { get; init; }

    /// <summary>Whether mounts below are read-only too: <c>Disabled</c> (the default), <c>IfPossible</c> or <c>Enabled</c>.</summary>
    [Proto(7), ZeroCounts]
    public string? RecursiveReadOnly { get; init; }

    /// <summary>Path in the volume that is mounted; its root unless given. Relative, without <c>..</c>.</summary>
    [Proto(4)]
    public string? SubPath { get; init; }

    /// <summary>As SubPath, with $(NAME) for variables; excludes SubPath.</summary>
    [Proto(6)]
    public string? SubPathExpr { get; init; }
}
