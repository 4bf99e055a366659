using System.CommandLine;
using MiniK8s.ApiServer.Hosting;
using MiniK8s.Cluster;
using MiniK8s.Kubectl;

namespace MiniK8s.Commands;

/// <summary><c>status</c>: whether a cluster runs from a data directory, and what is in it.</summary>
internal static class StatusCommand
{
    /// <summary>Describes the command.</summary>
    public static Command Create()
    {
        var data = CommonOptions.DataDirectory();
        var command = new Command("status", "Show whether a cluster runs, its nodes and its Services. Ends with 0 when it is ready, 3 when it is not, 4 when none runs.") { data };
        command.SetAction((result, cancellationToken) => RunAsync(Path.GetFullPath(result.GetValue(data)!), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string dataDirectory, CancellationToken cancellationToken)
    {
        if (RunFile.Read(dataDirectory) is not { } run)
        {
            await Console.Out.WriteLineAsync($"No cluster runs from {dataDirectory}.");
            return 4;
        }

        await Console.Out.WriteLineAsync($"{(run.Ready ? "Ready" : "Starting")}: process {run.ProcessId} since {run.StartedAt.LocalDateTime:yyyy-MM-dd HH:mm:ss}, API {run.Server}");
        var kubeconfig = Path.Combine(dataDirectory, ClusterServer.AdminKubeconfig);
        await Console.Out.WriteLineAsync($"Kubeconfig: {kubeconfig}\n");
        var outcome = await KubectlCommand.RunAsync(["get", "nodes,services", "-A", "--kubeconfig", kubeconfig], cancellationToken);
        return outcome == 0 && run.Ready ? 0 : 3;
    }
}
