using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MiniK8s.Cluster;

/// <summary>
/// What a running cluster tells other commands about itself: <c>run.json</c> (0600) in the data directory. It is removed at an
/// orderly end; after a kill it is recognised as stale by its process being gone or being another one.
/// </summary>
internal sealed record RunFile
{
    /// <summary>The process.</summary>
    public required int ProcessId { get; init; }

    /// <summary>The kernel's start time of the process, in clock ticks since boot: with the id it names one process for ever.</summary>
    public required string ProcessStart { get; init; }

    /// <summary>When it came up.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Whether all parts do their work.</summary>
    public bool Ready { get; init; }

    /// <summary>The API's address.</summary>
    public required string Server { get; init; }

    /// <summary>The node's name.</summary>
    public required string NodeName { get; init; }

    /// <summary>The Docker Engine that runs the pods; null where none does.</summary>
    public string? DockerHost { get; init; }

    /// <summary>The proxy's mode; null where there is no proxy.</summary>
    public string? ProxyMode { get; init; }

    /// <summary>Where the file is.</summary>
    public static string PathIn(string dataDirectory) => Path.Combine(dataDirectory, "run.json");

    /// <summary>The file of a cluster that runs from this directory; null when none does.</summary>
    public static RunFile? Read(string dataDirectory)
    {
        try
        {
            var run = JsonSerializer.Deserialize(File.ReadAllText(PathIn(dataDirectory)), RunFileJson.Default.RunFile);
            return run is not null && StartOf(run.ProcessId) == run.ProcessStart ? run : null;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes the file, in place of an older one, in one step.</summary>
    public void Write(string dataDirectory)
    {
        var path = PathIn(dataDirectory);
        var temporary = path + ".new";
        using (var stream = new FileStream(temporary, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }))
        {
            JsonSerializer.Serialize(stream, this, RunFileJson.Default.RunFile);
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>The start time of a process; empty when there is no such process, or it has ended and nobody has reaped it yet.</summary>
    public static string StartOf(int processId)
    {
        try
        {
            // Field 22 of /proc/PID/stat (proc(5)). The second field is a name that may hold blanks and brackets: count from the last one.
            var stat = File.ReadAllText($"/proc/{processId}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? "" : fields[19];
        }
        catch (IOException)
        {
            return "";
        }
    }

    /// <summary>The start time of this process.</summary>
    public static string StartOfSelf() => StartOf(Environment.ProcessId);

    /// <summary>Whether the process is there still.</summary>
    public bool IsAlive() => StartOf(ProcessId) == ProcessStart;

    /// <summary>Asks the process to end.</summary>
    public void Terminate()
    {
        // There is no managed call for SIGTERM to another process.
        using var kill = Process.Start(new ProcessStartInfo("kill", ["-TERM", $"{ProcessId}"]) { RedirectStandardError = true });
        kill?.WaitForExit();
    }
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RunFile))]
internal sealed partial class RunFileJson : JsonSerializerContext;
