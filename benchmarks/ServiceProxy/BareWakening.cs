using MiniK8s.Benchmarks.Measuring;
using MiniK8s.TestKit.Processes;

namespace MiniK8s.Benchmarks.ServiceProxy;

/// <summary>
/// The floor of work that comes in small pieces: a process that reads a few bytes, as often as the proxy hears of a change, and does
/// nothing with them. On a virtual machine waking it can cost more than what is to be done.
/// </summary>
internal sealed class BareWakening : IAsyncDisposable
{
    private readonly ChildProcess process = ChildProcess.Start("sh", ["-c", "exec cat >/dev/null"]);

    /// <summary>What it took so far.</summary>
    public TimeSpan Processor => ProcessUsage.Of(process.Id).Processor;

    /// <summary>Wakes it once.</summary>
    public Task WakeAsync() => process.WriteLineAsync("");

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => process.DisposeAsync();
}
