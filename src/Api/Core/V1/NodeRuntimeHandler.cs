using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>A runtime handler that a node offers.</summary>
public sealed record NodeRuntimeHandler
{
    /// <summary>What it can do.</summary>
    [Proto(2)]
    public NodeRuntimeHandlerFeatures? Features { get; init; }

    /// <summary>Name of the handler; empty for the default one.</summary>
    [Proto(1)]
    public string? Name { get; init; }
}
