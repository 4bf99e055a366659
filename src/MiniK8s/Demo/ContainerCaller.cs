using System.Text;
using MiniK8s.Commands;
using MiniK8s.Kubelet.Docker;

namespace MiniK8s.Demo;

/// <summary>Sends HTTP requests from inside a container.</summary>
internal sealed class ContainerCaller(IContainerEngine engine, string container)
{
    /// <summary>The body of the answer, without the line break at its end.</summary>
    /// <exception cref="ClusterException">There was no answer.</exception>
    public async Task<string> GetAsync(string address, CancellationToken cancellationToken)
    {
        await using var session = await engine.ExecAsync(container, new ExecSpec { Command = ["wget", "-q", "-O-", "-T", "5", $"http://{address}/"] }, cancellationToken);
        var text = new StringBuilder();
        await foreach (var frame in session.ReadOutputAsync(cancellationToken)) text.Append(Encoding.UTF8.GetString(frame.Data.Span));
        return await session.ExitCodeAsync(cancellationToken) == 0
            ? text.ToString().Trim()
            : throw new ClusterException($"http://{address}/ did not answer: {text.ToString().Trim()}");
    }
}
