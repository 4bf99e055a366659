using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record NamespaceSpec
{
    [Proto(1), Atomic]
    public IReadOnlyList<string> Finalizers { get; init => field = value ?? []; } = [];
}
