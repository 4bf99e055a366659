using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record ExecAction
{
    [Proto(1), Atomic]
    public IReadOnlyList<string> Command { get; init => field = value ?? []; } = [];
}
