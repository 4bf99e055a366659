using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record SleepAction
{
    [Proto(1), Required]
    public long Seconds { get; init; }
}
