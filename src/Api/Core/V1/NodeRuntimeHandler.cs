using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record NodeRuntimeHandler
{
    [Proto(2)]
    public NodeRuntimeHandlerFeatures? Features { get; init; }

    [Proto(1)]
    public string? Name { get; init; }
}
