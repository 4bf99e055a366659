using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record Lifecycle
{
    [Proto(1)]
    public LifecycleHandler? PostStart { get; init; }

    [Proto(2)]
    public LifecycleHandler? PreStop { get; init; }
}
