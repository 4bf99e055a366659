using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record NodeFeatures
{
    [Proto(1), ZeroCounts]
    public bool? SupplementalGroupsPolicy { get; init; }
}
