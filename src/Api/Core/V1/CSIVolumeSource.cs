using System.Collections.ObjectModel;
using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Volume of a CSI driver that lives as long as the pod.</summary>
public sealed record CSIVolumeSource
{
    /// <summary>Name of the driver.</summary>
    [Proto(1), Required]
    public string Driver { get; init => field = value ?? ""; } = "";

    /// <summary>File system to mount; the driver decides unless given.</summary>
    [Proto(3), ZeroCounts]
    public string? FsType { get; init; }

    /// <summary>Secret that the driver gets on mounting.</summary>
    [Proto(5)]
    public LocalObjectReference? NodePublishSecretRef { get; init; }

    /// <summary>Whether it is mounted read-only; false unless given.</summary>
    [Proto(2), ZeroCounts]
    public bool? ReadOnly { get; init; }

    /// <summary>Settings for the driver.</summary>
    [Proto(4)]
    public IReadOnlyDictionary<string, string> VolumeAttributes { get; init => field = value ?? ReadOnlyDictionary<string, string>.Empty; } = ReadOnlyDictionary<string, string>.Empty;
}
