namespace MiniK8s.Proxy.Tests.Network;

/// <summary>Something that a test does again and again beside what it tests, until it fails or is stopped.</summary>
internal sealed class Loop : IAsyncDisposable
{
    private readonly CancellationTokenSource end = new();
    private readonly Task work;

    private Loop(TimeSpan pause, Func<Task> step) => work = Task.Run(() => RunAsync(pause, step));

    /// <summary>The failure that ended it; empty while all is well.</summary>
    public string Failure { get; private set; } = "";

    public static Loop Start(TimeSpan pause, Func<Task> step) => new(pause, step);

    /// <summary>Ends it after the step that it is at, and gives the failure.</summary>
    public async Task<string> StopAsync()
    {
        await DisposeAsync();
        return Failure;
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await work;
    }

    private async Task RunAsync(TimeSpan pause, Func<Task> step)
    {
        try
        {
            while (!end.IsCancellationRequested)
            {
                await step();
                await Task.Delay(pause, TimeProvider.System);
            }
        }
        catch (Exception e)
        {
            Failure = $"{e.GetType().Name}: {e.Message}";
        }
    }
}
