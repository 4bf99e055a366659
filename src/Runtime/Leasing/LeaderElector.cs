using Microsoft.Extensions.Logging;
using MiniK8s.Client.Rest;

namespace MiniK8s.Runtime.Leasing;

/// <summary>
/// Lets one of several processes do a work at a time, by a Lease object (client-go's leaderelection). Every write of the lease is
/// conditional on the version that was read. A leader that cannot renew for <see cref="LeaderElectionOptions.RenewDeadline"/>
/// has its work cancelled before another may begin. A stopped process (SIGSTOP, a long pause) may still send one late write of
/// its own work: such writes must carry a resourceVersion, as every write in this project does.
/// </summary>
/// <param name="client">The API.</param>
/// <param name="options">Which lease, and how patiently.</param>
/// <param name="clock">Time.</param>
/// <param name="log">Changes of leadership.</param>
public sealed partial class LeaderElector(IApiClient client, LeaderElectionOptions options, TimeProvider clock, ILogger log)
{
    private static readonly TimeSpan ReleaseLimit = TimeSpan.FromSeconds(2);

    private readonly LeaseClaim _claim = new(client, options, clock);
    private volatile bool _leads;

    /// <summary>Whether this candidate leads now.</summary>
    public bool IsLeader => _leads;

    /// <summary>
    /// Competes until cancelled; while it leads, <paramref name="work"/> runs. The work's token is cancelled when the lease is
    /// lost; then this waits for the work to end and competes again. A work that fails is begun again, by this or another
    /// candidate; one that returns by itself ends the competition.
    /// </summary>
    public async Task RunAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        options.Check();
        try
        {
            while (true)
            {
                await AcquireAsync(cancellationToken);
                if (await LeadAsync(work, cancellationToken))
                {
                    return;
                }

                await Task.Delay(options.RetryPeriod, clock, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to stop.
        }
    }

    private async Task AcquireAsync(CancellationToken cancellationToken)
    {
        var told = "";
        while (!await AttemptAsync(options.RenewDeadline, cancellationToken))
        {
            if (_claim.Holder != told)
            {
                told = _claim.Holder;
                OtherLeads(log, options.Name, told);
            }

            // client-go's jitter factor for acquiring: up to 1.2 times more.
            await Task.Delay(options.RetryPeriod * (1 + (1.2 * Random.Shared.NextDouble())), clock, cancellationToken);
        }
    }

    // True when the work ended by itself.
    private async Task<bool> LeadAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        using var term = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Leads(log, options.Name, options.Identity);
        _leads = true;
        var running = Task.Run(() => work(term.Token), CancellationToken.None);
        await RenewAsync(running, cancellationToken);
        _leads = false;
        var finished = running.IsCompletedSuccessfully && !cancellationToken.IsCancellationRequested;
        await term.CancelAsync();
        await EndAsync(running, term.Token);
        await ReleaseAsync();
        return finished;
    }

    // Returns when the lease is lost, the work is over, or the caller cancels.
    private async Task RenewAsync(Task running, CancellationToken cancellationToken)
    {
        var renewed = clock.GetTimestamp();
        while (true)
        {
            var pause = Task.Delay(options.RetryPeriod, clock, cancellationToken);
            if (await Task.WhenAny(running, pause) == running || cancellationToken.IsCancellationRequested)
            {
                return;
            }

            var left = options.RenewDeadline - clock.GetElapsedTime(renewed);
            if (left > TimeSpan.Zero && await AttemptAsync(left, cancellationToken))
            {
                renewed = clock.GetTimestamp();
            }
            else if (clock.GetElapsedTime(renewed) >= options.RenewDeadline || IsTaken)
            {
                Lost(log, options.Name, options.Identity, _claim.Holder);
                return;
            }
        }
    }

    private bool IsTaken => _claim.Holder.Length > 0 && _claim.Holder != options.Identity;

    private async Task<bool> AttemptAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        using var over = new CancellationTokenSource(limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellationToken);
        try
        {
            return await _claim.TryAsync(either.Token);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            AttemptFailed(log, options.Name, e.Message);
            return false;
        }
    }

    private async Task EndAsync(Task running, CancellationToken term)
    {
        try
        {
            await running;
        }
        catch (OperationCanceledException) when (term.IsCancellationRequested)
        {
            // As asked.
        }
        catch (Exception e)
        {
            WorkFailed(log, e, options.Name);
        }
    }

    private async Task ReleaseAsync()
    {
        using var limit = new CancellationTokenSource(ReleaseLimit, clock);
        try
        {
            await _claim.ReleaseAsync(limit.Token);
        }
        catch (Exception e)
        {
            AttemptFailed(log, options.Name, e.Message);
        }
    }

    [LoggerMessage(2301, LogLevel.Information, "{Identity} leads {Lease}")]
    private static partial void Leads(ILogger logger, string lease, string identity);

    [LoggerMessage(2302, LogLevel.Information, "{Lease} is led by '{Holder}'")]
    private static partial void OtherLeads(ILogger logger, string lease, string holder);

    [LoggerMessage(2303, LogLevel.Warning, "{Identity} lost {Lease}; the holder is '{Holder}'")]
    private static partial void Lost(ILogger logger, string lease, string identity, string holder);

    [LoggerMessage(2304, LogLevel.Debug, "An attempt at {Lease} failed: {Reason}")]
    private static partial void AttemptFailed(ILogger logger, string lease, string reason);

    [LoggerMessage(2305, LogLevel.Error, "The work of the leader of {Lease} failed")]
    private static partial void WorkFailed(ILogger logger, Exception e, string lease);
}
