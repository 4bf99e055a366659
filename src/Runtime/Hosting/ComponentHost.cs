using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace MiniK8s.Runtime.Hosting;

/// <summary>Runs components as one process does: together, until a signal or a failure ends them all.</summary>
public static partial class ComponentHost
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);

    /// <summary>Runs components until SIGTERM, SIGINT or the token ends them.</summary>
    /// <returns>0 after an orderly end; 1 when a component failed, after its message was logged and the others were stopped.</returns>
    public static async Task<int> RunAsync(IReadOnlyCollection<IComponent> components, ILoggerFactory loggers, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(components);
        var log = loggers.CreateLogger(typeof(ComponentHost));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var terminate = Trap(PosixSignal.SIGTERM, stop);
        using var interrupt = Trap(PosixSignal.SIGINT, stop);
        var running = components.Select(component => RunOneAsync(component, log, stop)).ToList();
        var all = Task.WhenAll(running);
        await Task.WhenAny(all, Cancelled(stop.Token));
        try
        {
            var orderly = await all.WaitAsync(StopLimit, TimeProvider.System, CancellationToken.None);
            return orderly.All(ended => ended) ? 0 : 1;
        }
        catch (TimeoutException)
        {
            TooSlow(log, StopLimit.TotalSeconds);
            return 1;
        }
    }

    /// <summary>Completes when all components do their work; fails with the first that cannot start.</summary>
    public static async Task ReadyAsync(IEnumerable<IComponent> components, CancellationToken cancellationToken = default)
    {
        var waits = components.Select(component => component.Ready).ToList();
        while (waits.Count > 0)
        {
            var first = await Task.WhenAny(waits).WaitAsync(cancellationToken);
            waits.Remove(first);
            await first;
        }
    }

    // Disposing the registration gives the signal its old meaning back.
    private static PosixSignalRegistration Trap(PosixSignal signal, CancellationTokenSource stop) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            stop.Cancel();
        });

    private static async Task<bool> RunOneAsync(IComponent component, ILogger log, CancellationTokenSource stop)
    {
        try
        {
            await Task.Run(() => component.RunAsync(stop.Token), CancellationToken.None);
            if (stop.IsCancellationRequested)
            {
                return true;
            }

            EndedEarly(log, component.Name);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return true;
        }
        catch (Exception e)
        {
            Failed(log, e, component.Name, e.Message);
        }

        await stop.CancelAsync();
        return false;
    }

    private static Task Cancelled(CancellationToken token)
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        token.Register(cancelled.SetResult);
        return cancelled.Task;
    }

    [LoggerMessage(2101, LogLevel.Critical, "{Component}: {Reason}")]
    private static partial void Failed(ILogger logger, Exception e, string component, string reason);

    [LoggerMessage(2102, LogLevel.Critical, "{Component} ended although nobody asked it to")]
    private static partial void EndedEarly(ILogger logger, string component);

    [LoggerMessage(2103, LogLevel.Error, "Not everything stopped within {Seconds} s")]
    private static partial void TooSlow(ILogger logger, double seconds);
}
