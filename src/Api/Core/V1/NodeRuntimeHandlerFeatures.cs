using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>What a runtime handler can do.</summary>
public sealed record NodeRuntimeHandlerFeatures
{
    /// <summary>Whether it can make mounts read-only with all below them.</summary>
    [Proto(1), ZeroCounts]
    public bool? RecursiveReadOnlyMounts { get; init; }

    /// <summary>Whether it can give pods user ids of their own.</summary>
    [Proto(2), ZeroCounts]
    public bool? UserNamespaces { get; init; }
}
