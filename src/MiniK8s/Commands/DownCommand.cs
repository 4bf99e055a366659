using System.CommandLine;
using MiniK8s.Cluster;

namespace MiniK8s.Commands;

/// <summary><c>down</c>: ends a cluster and leaves the host as it was; the data stays for the next <c>up</c>.</summary>
internal static class DownCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>Describes the command.</summary>
    public static Command Create()
    {
        var data = CommonOptions.DataDirectory();
        var keep = new Option<bool>("--keep-pods") { Description = "Leave containers and kernel rules as they are: the next `up` takes them over." };
        var command = new Command("down", "End the cluster that runs from a data directory. Its objects are kept for the next `up`.") { data, keep };
        command.SetAction((result, cancellationToken) => RunAsync(Path.GetFullPath(result.GetValue(data)!), result.GetValue(keep), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string dataDirectory, bool keep, CancellationToken cancellationToken)
    {
        if (RunFile.Read(dataDirectory) is not { } run)
        {
            await Console.Out.WriteLineAsync($"No cluster runs from {dataDirectory}.");
            return 0;
        }

        run.Terminate();
        var clock = TimeProvider.System;
        var started = clock.GetTimestamp();
        while (run.IsAlive())
        {
            if (clock.GetElapsedTime(started) > Patience) throw new ClusterException($"process {run.ProcessId} has not ended within {Patience.TotalSeconds:0} s");
            await Task.Delay(PollInterval, clock, cancellationToken);
        }

        if (!keep) await HostCleanup.RunAsync(run, Console.Out, cancellationToken);
        await Console.Out.WriteLineAsync("The cluster has ended.");
        return 0;
    }
}
