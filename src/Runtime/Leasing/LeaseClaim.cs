using MiniK8s.Api.Coordination.V1;
using MiniK8s.Api.Errors;
using MiniK8s.Client.Rest;

namespace MiniK8s.Runtime.Leasing;

/// <summary>
/// One candidate's view of the lease and its attempts at it. Whether the holder is alive is judged by how long ago the lease was
/// last seen to change, on this process's monotonic clock: the clocks of candidates need not agree.
/// </summary>
internal sealed class LeaseClaim(IApiClient client, LeaderElectionOptions options, TimeProvider clock)
{
    private Lease? _held;
    private string? _seenVersion;
    private long _seenAt;

    /// <summary>The holder last seen; empty for none.</summary>
    internal string Holder { get; private set; } = "";

    /// <summary>Tries once to acquire or renew.</summary>
    /// <returns>True when the lease is this candidate's now; false when another has it, or was quicker.</returns>
    internal async Task<bool> TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            var current = _held ?? await ReadAsync(cancellationToken);
            if (current is null)
            {
                See(await client.CreateAsync(LeasePlanner.First(options, clock.GetUtcNow()), cancellationToken));
                return true;
            }

            See(current);
            if (Holder.Length > 0 && Holder != options.Identity && clock.GetElapsedTime(_seenAt) < options.LeaseDuration)
            {
                return false;
            }

            See(await client.UpdateAsync(LeasePlanner.Claim(current, options, clock.GetUtcNow()), cancellationToken: cancellationToken));
            return true;
        }
        catch (ApiException e) when (e.IsConflict || e.IsAlreadyExists || e.IsNotFound)
        {
            // Somebody wrote meanwhile; the next attempt reads first.
            _held = null;
            return false;
        }
    }

    /// <summary>Gives the lease back if it is still this candidate's.</summary>
    internal async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        if (_held is { } held)
        {
            _held = null;
            await client.UpdateAsync(LeasePlanner.Release(held, clock.GetUtcNow()), cancellationToken: cancellationToken);
        }
    }

    private async Task<Lease?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await client.GetAsync<Lease>(options.Namespace, options.Name, cancellationToken);
        }
        catch (ApiException e) when (e.IsNotFound)
        {
            return null;
        }
    }

    private void See(Lease lease)
    {
        Holder = lease.Spec?.HolderIdentity ?? "";
        _held = Holder == options.Identity ? lease : null;
        if (_seenVersion != lease.Metadata.ResourceVersion)
        {
            _seenVersion = lease.Metadata.ResourceVersion;
            _seenAt = clock.GetTimestamp();
        }
    }
}
