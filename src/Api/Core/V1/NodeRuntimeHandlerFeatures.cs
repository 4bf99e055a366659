using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record NodeRuntimeHandlerFeatures
{
    [Proto(1), ZeroCounts]
    public bool? RecursiveReadOnlyMounts { get; init; }

    [Proto(2), ZeroCounts]
    public bool? UserNamespaces { get; init; }
}
