using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Settings of affinity by client address.</summary>
public sealed record ClientIPConfig
{
    /// <summary>Seconds that a client stays with its endpoint after the last connection, 1-86400; 10800 (three hours) unless given.</summary>
    [Proto(1), ZeroCounts]
    public int? TimeoutSeconds { get; init; }
}
