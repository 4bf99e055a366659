using MiniK8s.TestKit;
using MiniK8s.TestKit.Network;
using MiniK8s.TestKit.Processes;

namespace MiniK8s.Kubelet.Tests.Live;

/// <summary>The kubelet's own executable, inside a namespace. Disposing kills it as kill -9 does.</summary>
internal sealed class KubeletProcess : IAsyncDisposable
{
    private readonly ChildProcess process;
    private bool isDisposed;

    private KubeletProcess(ChildProcess process) => this.process = process;

    /// <summary>What it has logged so far.</summary>
    public string Log => process.Error;

    public static KubeletProcess Start(NetworkNamespace inside, KubeletArguments arguments)
    {
        var command = inside.Enter(
            "dotnet", Path.Combine(AppContext.BaseDirectory, "MiniK8s.Kubelet.dll"), "--kubeconfig", arguments.Kubeconfig, "--node-name", arguments.Node,
            "--node-ip", NodeFixture.Address, "--docker-host", arguments.Engine.ToString(), "--data-dir", arguments.DataDirectory);
        return new KubeletProcess(ChildProcess.Start(command[0], command.Skip(1)));
    }

    /// <summary>Waits for what the kubelet should bring about; its log is in the message of the failure.</summary>
    public async Task WaitAsync(Func<Task<bool>> condition, string because)
    {
        try
        {
            await Eventually.TrueAsync(condition, because, LivePods.Limit);
        }
        catch (TimeoutException error)
        {
            throw new TimeoutException($"{error.Message}\n{Log}", error);
        }
    }

    public Task WaitUntilReadyAsync() => WaitAsync(() => Task.FromResult(Log.Contains("is ready", StringComparison.Ordinal)), "the kubelet is ready");

    public async ValueTask DisposeAsync()
    {
        if (isDisposed) return;
        isDisposed = true;
        await process.KillAsync();
        await process.DisposeAsync();
    }
}

/// <summary>What a kubelet is told.</summary>
internal sealed record KubeletArguments(string Node, string Kubeconfig, Uri Engine, string DataDirectory);
