using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record ContainerImage
{
    [Proto(1), Atomic]
    public IReadOnlyList<string> Names { get; init => field = value ?? []; } = [];

    [Proto(2)]
    public long? SizeBytes { get; init; }
}
