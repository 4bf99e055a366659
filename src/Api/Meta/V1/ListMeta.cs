using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Meta.V1;

/// <summary>Where a list, or a part of one, stands.</summary>
public sealed record ListMeta
{
    /// <summary>Opaque token for the next part; empty at the end.</summary>
    [Proto(3)]
    public string? Continue { get; init; }

    /// <summary>How many items follow this part; null if not known.</summary>
    [Proto(4), ZeroCounts]
    public long? RemainingItemCount { get; init; }

    /// <summary>Version of the whole list; a watch may start from it.</summary>
    [Proto(2)]
    public string? ResourceVersion { get; init; }

    /// <summary>Obsolete; empty.</summary>
    [Proto(1)]
    public string? SelfLink { get; init; }
}
