using System.Collections.ObjectModel;
using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Obsolete: volume of a FlexVolume driver.</summary>
public sealed record FlexVolumeSource
{
    /// <summary>Name of the driver.</summary>
    [Proto(1), Required]
    public string Driver { get; init => field = value ?? ""; } = "";

    /// <summary>File system to mount.</summary>
    [Proto(2)]
    public string? FsType { get; init; }

    /// <summary>Settings for the driver.</summary>
    [Proto(5)]
    public IReadOnlyDictionary<string, string> Options { get; init => field = value ?? ReadOnlyDictionary<string, string>.Empty; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Whether it is mounted read-only; false unless given.</summary>
    [Proto(4)]
    public bool? ReadOnly { get; init; }

    /// <summary>Secret that the driver gets.</summary>
    [Proto(3)]
    public LocalObjectReference? SecretRef { get; init; }
}
