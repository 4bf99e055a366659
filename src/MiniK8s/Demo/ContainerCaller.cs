using System.Text;
using MiniK8s.Commands;
using MiniK8s.Kubelet.Docker;

namespace MiniK8s.Demo;

/// <summary>Sends HTTP requests from inside a container.</summary>
internal sealed class ContainerCaller(IContainerEngine engine, string container)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits until the address answers: the kernel learns of endpoints a moment after the API does.</summary>
    /// <exception cref="ClusterException">It does not within twenty seconds.</exception>
    public async Task WaitAsync(string address, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await GetAsync(address, cancellationToken);
                return;
            }
            catch (ClusterException) when (TimeProvider.System.GetElapsedTime(started) < Patience)
            {
                await Task.Delay(PollInterval, TimeProvider.System, cancellationToken);
            }
        }
    }

    /// <summary>The body of the answer, without the line break at its end.</summary>
    /// <exception cref="ClusterException">There was no answer.</exception>
    public async Task<string> GetAsync(string address, CancellationToken cancellationToken)
    {
        // Not wget -T: the static busybox of Debian 12 crashes on it.
        await using var session = await engine.ExecAsync(container, new ExecSpec { Command = ["timeout", "5", "wget", "-q", "-O-", $"http://{address}/"] }, cancellationToken);
        var text = new StringBuilder();
        await foreach (var frame in session.ReadOutputAsync(cancellationToken)) text.Append(Encoding.UTF8.GetString(frame.Data.Span));
        return await session.ExitCodeAsync(cancellationToken) == 0
            ? text.ToString().Trim()
            : throw new ClusterException($"http://{address}/ did not answer: {text.ToString().Trim()}");
    }
}
