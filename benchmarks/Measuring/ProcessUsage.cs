using System.Globalization;

namespace MiniK8s.Benchmarks.Measuring;

/// <summary>What a process has used, from /proc.</summary>
/// <param name="Processor">Processor time of all its threads, in its own code and in the kernel for it; in steps of 10 ms.</param>
/// <param name="ResidentMiB">Resident memory.</param>
/// <param name="PrivateMiB">The part of it that is no file's: heaps and stacks.</param>
/// <param name="PeakMiB">The most that was ever resident.</param>
internal sealed record ProcessUsage(TimeSpan Processor, double ResidentMiB, double PrivateMiB, double PeakMiB)
{
    // The kernel gives times to programs in this unit on every machine that .NET runs on.
    private const double TicksPerSecond = 100;

    /// <summary>Of one process, now.</summary>
    public static ProcessUsage Of(int process)
    {
        // The second field is the name in parentheses, which may hold anything.
        var fields = File.ReadAllText($"/proc/{process}/stat");
        var times = fields[(fields.LastIndexOf(')') + 2)..].Split(' ');
        var status = File.ReadAllLines($"/proc/{process}/status");
        var ticks = Number(times[11]) + Number(times[12]);
        return new ProcessUsage(TimeSpan.FromSeconds(ticks / TicksPerSecond), Mebibytes(status, "VmRSS:"), Mebibytes(status, "RssAnon:"), Mebibytes(status, "VmHWM:"));
    }

    private static double Mebibytes(string[] status, string name) =>
        Number(status.First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Trim().Split(' ')[0]) / 1024;

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
