using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Obsolete: Flocker data set, by name or id.</summary>
public sealed record FlockerVolumeSource
{
    /// <summary>Name of the data set.</summary>
    [Proto(1)]
    public string? DatasetName { get; init; }

    /// <summary>Id of the data set.</summary>
    [Proto(2)]
    public string? DatasetUUID { get; init; }
}
