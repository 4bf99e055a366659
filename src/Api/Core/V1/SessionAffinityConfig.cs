using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Settings of session affinity, by its kind.</summary>
public sealed record SessionAffinityConfig
{
    /// <summary>Settings of affinity by client address.</summary>
    [Proto(1)]
    public ClientIPConfig? ClientIP { get; init; }
}
