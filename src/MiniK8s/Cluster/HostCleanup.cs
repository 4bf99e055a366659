using MiniK8s.Kubelet;
using MiniK8s.Proxy;

namespace MiniK8s.Cluster;

/// <summary>Takes from the host what a cluster left in its kernel and its engine.</summary>
internal static class HostCleanup
{
    /// <summary>Removes kernel rules, the pods' containers and their network. Each part that fails is reported, and the others go on.</summary>
    public static async Task RunAsync(RunFile run, TextWriter output, CancellationToken cancellationToken)
    {
        if (run.ProxyMode is not null) await TryAsync("kernel rules", () => ProxyCleanup.RunAsync(TimeProvider.System, cancellationToken), output);
        if (run.DockerHost is { } docker) await TryAsync("containers", () => KubeletCleanup.RunAsync(new Uri(docker), run.NodeName, cancellationToken), output);
    }

    private static async Task TryAsync(string what, Func<Task> action, TextWriter output)
    {
        try
        {
            await action();
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            await output.WriteLineAsync($"warning: {what} could not all be removed: {error.Message}");
        }
    }
}
