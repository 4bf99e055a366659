using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Client.Caching;

namespace MiniK8s.ControllerManager.AddressAllocation;

/// <summary>
/// What is not free, as far as this process knows: what the cache of Services shows, what workers are about to write, and what the
/// API refused a moment ago. It only saves lost races; that nothing is given twice is guarded by the API server's claims. Thread-safe.
/// </summary>
internal sealed class AllocationLedger(TimeProvider clock)
{
    /// <summary>How long a choice is kept from others while the cache does not show it: longer than any feed is behind.</summary>
    internal static readonly TimeSpan ReservationTime = TimeSpan.FromSeconds(60);

    /// <summary>How long a refused choice is not tried again: whoever has it will be seen in the cache by then, or has lost it.</summary>
    internal static readonly TimeSpan RefusalTime = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly Dictionary<Claim, int> shown = [];
    private readonly Dictionary<Claim, Hold> holds = [];
    private DateTimeOffset nextSweep;

    /// <summary>Takes a change of a Service in.</summary>
    public void Observe(CacheChange<Service> change)
    {
        lock (gate)
        {
            foreach (var claim in Claim.Of(change.Previous))
            {
                var holders = shown.GetValueOrDefault(claim) - 1;
                if (holders > 0) shown[claim] = holders;
                else shown.Remove(claim);
            }

            foreach (var claim in Claim.Of(change.Current))
            {
                shown[claim] = shown.GetValueOrDefault(claim) + 1;
                holds.Remove(claim);
            }
        }

        if (change.Current is null) Release(change.Key);
    }

    /// <summary>
    /// Makes a plan and reserves what it chooses, in one step, so that two workers never choose the same. What the owner had
    /// reserved before is free again: it is planning anew.
    /// </summary>
    public AllocationPlan Reserve(ObjectKey owner, Func<Func<Claim, bool>, AllocationPlan> makePlan)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            Sweep(now);
            ReleaseHeld(owner);
            var plan = makePlan(claim => shown.ContainsKey(claim) || (holds.TryGetValue(claim, out var hold) && hold.Until > now));
            if (plan is AllocationPlan.Assign assign)
            {
                foreach (var claim in assign.Chosen) holds[claim] = new Hold(owner, now + ReservationTime);
            }

            return plan;
        }
    }

    /// <summary>Gives back what the owner reserved and did not write.</summary>
    public void Release(ObjectKey owner)
    {
        lock (gate) ReleaseHeld(owner);
    }

    /// <summary>Remembers for a while that the API server gave these to somebody else.</summary>
    public void Refuse(IEnumerable<Claim> claims)
    {
        lock (gate)
        {
            foreach (var claim in claims) holds[claim] = new Hold(null, clock.GetUtcNow() + RefusalTime);
        }
    }

    private void ReleaseHeld(ObjectKey owner)
    {
        foreach (var (claim, hold) in holds)
        {
            if (hold.Owner == owner) holds.Remove(claim);
        }
    }

    private void Sweep(DateTimeOffset now)
    {
        if (now < nextSweep) return;
        nextSweep = now + RefusalTime;
        foreach (var (claim, hold) in holds)
        {
            if (hold.Until <= now) holds.Remove(claim);
        }
    }

    /// <param name="Owner">The Service that is to have it; null for a refused one.</param>
    /// <param name="Until">When it counts as free again.</param>
    private readonly record struct Hold(ObjectKey? Owner, DateTimeOffset Until);
}
