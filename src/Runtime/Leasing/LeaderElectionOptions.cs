namespace MiniK8s.Runtime.Leasing;

/// <summary>Which lease to compete for, and how patiently. The lengths are client-go's defaults.</summary>
public sealed record LeaderElectionOptions
{
    /// <summary>Name of the Lease object, such as <c>kube-controller-manager</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Who this candidate is; unlike every other's.</summary>
    public required string Identity { get; init; }

    /// <summary>Namespace of the Lease object.</summary>
    public string Namespace { get; init; } = "kube-system";

    /// <summary>How long others wait after they last saw the lease change before they take it.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the leader goes on without being able to renew. Shorter than <see cref="LeaseDuration"/>: it stops before another begins.</summary>
    public TimeSpan RenewDeadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The pause between attempts to acquire or renew.</summary>
    public TimeSpan RetryPeriod { get; init; } = TimeSpan.FromSeconds(2);

    internal void Check()
    {
        if (RetryPeriod <= TimeSpan.Zero || RenewDeadline <= RetryPeriod || LeaseDuration <= RenewDeadline)
        {
            throw new ArgumentException(
                $"leader election of {Name}: wanted is 0 < RetryPeriod ({RetryPeriod}) < RenewDeadline ({RenewDeadline}) < LeaseDuration ({LeaseDuration})");
        }
    }
}
