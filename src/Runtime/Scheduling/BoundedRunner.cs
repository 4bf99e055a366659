using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace MiniK8s.Runtime.Scheduling;

/// <summary>
/// Runs one action as often as needed and no oftener: the rhythm of a proxy's sync (after kube-proxy's bounded frequency
/// runner). Guarantees:
/// <list type="number">
/// <item>The action never runs twice at the same time.</item>
/// <item>After <see cref="Request"/> the action begins at least once more; any number of requests before it begins are one.</item>
/// <item>Between two beginnings at least <see cref="BoundedRunnerOptions.MinInterval"/> passes, whatever asks for it. The first
/// run, and one after a long silence, begin at once.</item>
/// <item>After a failure the action begins again after <see cref="BoundedRunnerOptions.RetryInterval"/>, unless a request brings
/// it on earlier.</item>
/// <item>Without requests it begins again after <see cref="BoundedRunnerOptions.MaxInterval"/>.</item>
/// <item>Nothing that the action throws ends the runner.</item>
/// </list>
/// </summary>
/// <param name="action">What to run; an exception is a failure.</param>
/// <param name="options">Intervals and name.</param>
/// <param name="clock">Time.</param>
/// <param name="log">Failures.</param>
public sealed partial class BoundedRunner(Func<CancellationToken, Task> action, BoundedRunnerOptions options, TimeProvider clock, ILogger log)
{
    // One place: a request while one waits adds nothing.
    private readonly Channel<bool> _requests = Channel.CreateBounded<bool>(new BoundedChannelOptions(1)
    {
        FullMode = BoundedChannelFullMode.Wait,
        AllowSynchronousContinuations = options.RunsWhereRequested,
    });

    /// <summary>Asks for a run. Never waits for it, unless <see cref="BoundedRunnerOptions.RunsWhereRequested"/>.</summary>
    public void Request() => _requests.Writer.TryWrite(true);

    /// <summary>Waits for the first request and then keeps the rhythm until cancelled; returns normally then.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _requests.Reader.WaitToReadAsync(cancellationToken);
            while (true)
            {
                var begun = clock.GetTimestamp();
                _requests.Reader.TryRead(out _);
                var failed = !await TryAsync(cancellationToken);
                await RequestedAsync(begun, failed ? options.RetryInterval : options.MaxInterval, cancellationToken);
                // Only now: who asks rarely costs no timer and no wakening for it.
                await PauseAsync(begun, options.MinInterval, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to stop.
        }
    }

    private async Task<bool> TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            await action(cancellationToken);
            return true;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Failed(log, e, options.Name, options.RetryInterval);
            return false;
        }
    }

    private async Task PauseAsync(long begun, TimeSpan interval, CancellationToken cancellationToken)
    {
        var left = interval - clock.GetElapsedTime(begun);
        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left, clock, cancellationToken);
        }
    }

    // Returns at a request, or when the interval since the beginning of the last run is over.
    private async Task RequestedAsync(long begun, TimeSpan interval, CancellationToken cancellationToken)
    {
        var left = interval - clock.GetElapsedTime(begun);
        if (left <= TimeSpan.Zero)
        {
            return;
        }

        using var over = new CancellationTokenSource(left, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellationToken);
        try
        {
            await _requests.Reader.WaitToReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The interval is over.
        }
    }

    [LoggerMessage(2201, LogLevel.Error, "{Name} failed and is tried again within {RetryInterval}")]
    private static partial void Failed(ILogger logger, Exception e, string name, TimeSpan retryInterval);
}
