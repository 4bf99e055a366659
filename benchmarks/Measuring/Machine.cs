using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace MiniK8s.Benchmarks.Measuring;

/// <summary>What figures depend on besides the code.</summary>
internal static class Machine
{
    private const double QuietShare = 0.95;

    /// <summary>Writes processor, memory, kernel, runtime and how busy the machine is.</summary>
    public static void WriteHeader(TextWriter output)
    {
        var load = File.ReadAllText("/proc/loadavg").Split(' ');
        output.WriteLine($"{Field("/proc/cpuinfo", "model name")}, {Environment.ProcessorCount} cores, {MemoryInGiB():0} GiB");
        output.WriteLine($"Linux {File.ReadAllText("/proc/sys/kernel/osrelease").Trim()}, {RuntimeInformation.FrameworkDescription}");
        output.WriteLine($"load before the run (1, 5, 15 min): {load[0]} {load[1]} {load[2]}{(Busy(load[0]) ? " - THE MACHINE IS BUSY, take the ratios, not the times" : "")}");
        output.WriteLine();
    }

    /// <summary>Waits until next to nothing else runs on the machine, or for so long at most.</summary>
    public static async Task QuietAsync(TimeSpan limit)
    {
        var began = Stopwatch.GetTimestamp();
        var (idle, all) = ProcessorTicks();
        while (Stopwatch.GetElapsedTime(began) < limit)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
            var (laterIdle, laterAll) = ProcessorTicks();
            if (laterIdle - idle > QuietShare * (laterAll - all)) return;
            (idle, all) = (laterIdle, laterAll);
        }
    }

    /// <summary>Resident memory of a process in MiB.</summary>
    public static double ResidentMiB(int process) => Kilobytes($"/proc/{process}/status", "VmRSS") / 1024;

    /// <summary>Ticks of all processors since the start: idle ones, also while waiting for a disk, and all (proc(5)).</summary>
    private static (double Idle, double All) ProcessorTicks()
    {
        double[] ticks = [.. File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(8).Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        return (ticks[3] + ticks[4], ticks.Sum());
    }

    private static bool Busy(string load) => double.Parse(load, CultureInfo.InvariantCulture) > Environment.ProcessorCount / 2.0;

    private static double MemoryInGiB() => Kilobytes("/proc/meminfo", "MemTotal") / (1024 * 1024);

    private static double Kilobytes(string file, string name) => double.Parse(Field(file, name).Split(' ')[0], CultureInfo.InvariantCulture);

    private static string Field(string file, string name) =>
        File.ReadLines(file).First(line => line.StartsWith(name, StringComparison.Ordinal)).Split(':', 2)[1].Trim();
}
