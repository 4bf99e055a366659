using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record Capabilities
{
    [Proto(1), Atomic]
    public IReadOnlyList<string> Add { get; init => field = value ?? []; } = [];

    [Proto(2), Atomic]
    public IReadOnlyList<string> Drop { get; init => field = value ?? []; } = [];
}
