using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>A pause.</summary>
public sealed record SleepAction
{
    /// <summary>Seconds to wait.</summary>
    [Proto(1), Required]
    public long Seconds { get; init; }
}
