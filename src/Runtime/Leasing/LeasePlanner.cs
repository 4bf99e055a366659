using MiniK8s.Api.Coordination.V1;
using MiniK8s.Api.Meta.V1;

namespace MiniK8s.Runtime.Leasing;

/// <summary>What a candidate writes into a lease (client-go's leaderelection and resourcelock).</summary>
internal static class LeasePlanner
{
    /// <summary>The lease of the first leader ever.</summary>
    internal static Lease First(LeaderElectionOptions options, DateTimeOffset now) => new()
    {
        Metadata = new ObjectMeta { Namespace = options.Namespace, Name = options.Name },
        Spec = Held(options, now, transitions: 0, acquired: now),
    };

    /// <summary>
    /// The lease renewed by its holder, or taken over. It keeps the resourceVersion that was read: the write succeeds only if
    /// nobody wrote in between.
    /// </summary>
    internal static Lease Claim(Lease current, LeaderElectionOptions options, DateTimeOffset now)
    {
        var spec = current.Spec ?? new LeaseSpec();
        var mine = spec.HolderIdentity == options.Identity;
        var transitions = (spec.LeaseTransitions ?? 0) + (mine ? 0 : 1);
        return current with { Spec = Held(options, now, transitions, mine ? spec.AcquireTime ?? now : now) };
    }

    /// <summary>The lease given back, so that the next one need not wait.</summary>
    internal static Lease Release(Lease current, DateTimeOffset now) => current with
    {
        Spec = new LeaseSpec
        {
            LeaseDurationSeconds = 1,
            LeaseTransitions = current.Spec?.LeaseTransitions,
            AcquireTime = now,
            RenewTime = now,
        },
    };

    private static LeaseSpec Held(LeaderElectionOptions options, DateTimeOffset now, int transitions, DateTimeOffset acquired) => new()
    {
        HolderIdentity = options.Identity,
        LeaseDurationSeconds = Math.Max(1, (int)Math.Ceiling(options.LeaseDuration.TotalSeconds)),
        LeaseTransitions = transitions,
        AcquireTime = acquired,
        RenewTime = now,
    };
}
