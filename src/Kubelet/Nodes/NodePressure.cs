using System.Globalization;

namespace MiniK8s.Kubelet.Nodes;

/// <summary>Which of the host's resources run short, by the kubelet's hard eviction thresholds (pkg/kubelet/eviction/defaults_linux.go).</summary>
/// <param name="Memory">Less than 100 MiB can still be had.</param>
/// <param name="Disk">Less than 10 % of the file system with the pods' volumes is free.</param>
/// <param name="Processes">Less than 5 % of the process ids are free. Kubernetes has no default here; a node without ids is lost.</param>
internal sealed record NodePressure(bool Memory, bool Disk, bool Processes)
{
    private const long LeastMemoryKiB = 100 * 1024;
    private const double LeastDisk = 0.10;
    private const double LeastProcesses = 0.05;

    /// <summary>Nothing runs short.</summary>
    public static NodePressure None { get; } = new(false, false, false);

    /// <summary>Judges what was read. What cannot be read counts as plenty: a node must not be emptied for a file's format.</summary>
    public static NodePressure Of(NodeReadings readings) => new(
        AvailableMemory(readings.MemoryInfo) is { } memory && memory < LeastMemoryKiB,
        readings.DiskBytes > 0 && readings.FreeDiskBytes < readings.DiskBytes * LeastDisk,
        Tasks(readings.LoadAverage) is { } tasks && Number(readings.MostProcesses) is { } most && most - tasks < most * LeastProcesses);

    // Such as "MemAvailable:    9043200 kB" (proc_meminfo(5)).
    private static long? AvailableMemory(string text) =>
        text.Split('\n').FirstOrDefault(line => line.StartsWith("MemAvailable:", StringComparison.Ordinal)) is { } line
        && line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var amount, ..] ? Number(amount) : null;

    // Such as "0.20 0.18 0.12 1/80 11206": the fourth field is running/all threads (proc_loadavg(5)).
    private static long? Tasks(string text) => text.Split(' ') is [_, _, _, var threads, ..] && threads.Split('/') is [_, var all] ? Number(all) : null;

    private static long? Number(string text) => long.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>What the host says of itself.</summary>
/// <param name="MemoryInfo">The text of /proc/meminfo.</param>
/// <param name="LoadAverage">The text of /proc/loadavg.</param>
/// <param name="MostProcesses">The text of /proc/sys/kernel/pid_max.</param>
/// <param name="DiskBytes">The size of the file system with the pods' volumes; 0 when it is not known.</param>
/// <param name="FreeDiskBytes">What of it is free for us.</param>
internal sealed record NodeReadings(string MemoryInfo, string LoadAverage, string MostProcesses, long DiskBytes, long FreeDiskBytes)
{
    /// <summary>Reads the host.</summary>
    /// <param name="dataDirectory">Where the pods' volumes are; its nearest parent that exists is measured.</param>
    public static NodeReadings Take(string dataDirectory)
    {
        var path = Path.GetFullPath(dataDirectory);
        while (!Directory.Exists(path)) path = Path.GetDirectoryName(path) ?? "/";
        var (size, free) = Disk(path);
        return new NodeReadings(Text("/proc/meminfo"), Text("/proc/loadavg"), Text("/proc/sys/kernel/pid_max"), size, free);
    }

    private static (long Size, long Free) Disk(string path)
    {
        try
        {
            var drive = new DriveInfo(path);
            return (drive.TotalSize, drive.AvailableFreeSpace);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return (0, 0);
        }
    }

    private static string Text(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
