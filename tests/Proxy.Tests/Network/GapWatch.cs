using MiniK8s.TestKit.Network;

namespace MiniK8s.Proxy.Tests.Network;

/// <summary>Clients in the client pod and outside that connect again and again, one after the other, and take down every failure.</summary>
internal sealed class GapWatch : IAsyncDisposable
{
    private const int MostFailures = 20;
    private readonly CancellationTokenSource end = new();
    private readonly List<string> failures = [];
    private readonly Task work;
    private int connections;

    private GapWatch(ProxyNetwork net, string fromPod, string fromOutside) =>
        work = Task.WhenAll(Task.Run(() => WatchAsync(net.Client.Namespace, fromPod)), Task.Run(() => WatchAsync(net.Outside.Namespace, fromOutside)));

    public static GapWatch Start(ProxyNetwork net, string fromPod, string fromOutside) => new(net, fromPod, fromOutside);

    /// <summary>Ends it: the failures, a line each. Too few connections to say anything are a failure too.</summary>
    public async Task<string> StopAsync()
    {
        await end.CancelAsync();
        await work;
        return connections < 20 ? $"only {connections} connections" : string.Join('\n', failures);
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await work;
        end.Dispose();
    }

    private async Task WatchAsync(NetworkNamespace from, string destination)
    {
        while (!end.IsCancellationRequested && failures.Count < MostFailures)
        {
            var begun = TimeProvider.System.GetTimestamp();
            // A first packet that found no rule is sent again after a second, so that what takes so long is a gap too.
            var answer = await Dial.TcpAsync(from, destination, TimeSpan.FromSeconds(0.9));
            Interlocked.Increment(ref connections);
            if (answer is Dial.Refused or Dial.Silence)
            {
                lock (failures) failures.Add($"{destination}: {answer} after {TimeProvider.System.GetElapsedTime(begun).TotalMilliseconds:F0} ms, connection {connections}");
            }
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
        }
    }
}
