using System.CommandLine;
using MiniK8s.Cluster;
using MiniK8s.Demo;
using MiniK8s.Runtime.Hosting;

namespace MiniK8s.Commands;

/// <summary><c>up</c>: the whole cluster in one process.</summary>
internal static class UpCommand
{
    /// <summary>Describes the command.</summary>
    public static Command Create()
    {
        var settings = new UpSettings();
        var detach = new Option<bool>("--detach", "-d") { Description = "Return when all is ready; `down` ends it." };
        var demo = new Option<bool>("--demo") { Description = "Apply examples/, wait until they answer, and show it." };
        var command = new Command("up", "Start a cluster on this host: API server, controllers, kubelet and proxy in one process.") { detach, demo };
        settings.AddTo(command);
        command.SetAction((result, cancellationToken) => result.GetValue(detach)
            ? Detached.RunAsync(settings.Read(result), result.Tokens.Select(token => token.Value).ToList(), Console.Out, cancellationToken)
            : RunAsync(settings.Read(result), result.GetValue(demo), cancellationToken));
        return command;
    }

    // True also of a cluster that went on in the background.
    private const string Until = "until `minik8s down`, or Ctrl+C where it runs in the foreground.";

    private static async Task<int> RunAsync(UpOptions options, bool demo, CancellationToken cancellationToken)
    {
        if (RunFile.Read(options.DataDirectory) is { } other)
        {
            throw new ClusterException($"a cluster runs already from {options.DataDirectory} (process {other.ProcessId}, {other.Server}); end it with `minik8s down`");
        }

        using var loggers = ConsoleLogs.Create(options.Verbosity);
        await using var cluster = await LocalCluster.StartAsync(options, loggers, Console.Out.WriteLine, cancellationToken);
        var run = cluster.Describe();
        run.Write(options.DataDirectory);
        try
        {
            await cluster.ReadyAsync(cancellationToken);
            if (demo) await new DemoRun(cluster, Console.Out).RunAsync(cancellationToken);
            (run with { Ready = true }).Write(options.DataDirectory);
            await Console.Out.WriteLineAsync(demo ? $"\nThe cluster runs {Until}" : $"The cluster is ready. Use it with\n  export KUBECONFIG={cluster.AdminKubeconfig}\n  kubectl get services\nIt runs {Until}");
            return await cluster.RunAsync(cancellationToken);
        }
        finally
        {
            File.Delete(RunFile.PathIn(options.DataDirectory));
        }
    }
}
