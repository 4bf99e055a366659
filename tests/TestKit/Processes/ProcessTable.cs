using System.Diagnostics;
using System.Globalization;

namespace MiniK8s.TestKit.Processes;

/// <summary>The running processes of this machine as /proc shows them.</summary>
internal static class ProcessTable
{
    /// <summary>One process: its id, its parent, its state letter (proc(5)) and its arguments joined by spaces (empty for kernel threads).</summary>
    internal sealed record Entry(int Id, int Parent, char State, string CommandLine);

    /// <summary>True while a process of this id runs; one that has ended and waits for its parent (state Z) does not.</summary>
    internal static bool IsRunning(int id) => TryRead(id) is { State: not 'Z' };

    /// <summary>
    /// Kills every process whose arguments name <paramref name="folder"/>, with all its descendants, and no process else.
    /// Containers are descendants of their shim, which names the engine's folder. This process and its ancestors are spared.
    /// </summary>
    internal static void KillUsersOf(string folder)
    {
        var table = Read();
        var spared = AncestorsOf(Environment.ProcessId, table);
        var children = table.Values.ToLookup(process => process.Parent);
        var doomed = new HashSet<int>();
        var found = new Queue<Entry>(table.Values.Where(process => process.CommandLine.Contains(folder + "/", StringComparison.Ordinal)));
        while (found.TryDequeue(out var process))
        {
            if (!spared.Contains(process.Id) && doomed.Add(process.Id))
            {
                foreach (var child in children[process.Id])
                {
                    found.Enqueue(child);
                }
            }
        }

        Kill(doomed);
    }

    /// <summary>Ends processes at once and returns when none of them runs; one that has gone is no error.</summary>
    internal static void Kill(IReadOnlyCollection<int> ids)
    {
        foreach (var id in ids)
        {
            try
            {
                using var process = Process.GetProcessById(id);
                process.Kill();
            }
            catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
            {
                // It ended between the reading of the table and now.
            }
        }

        Eventually.TrueAsync(() => !ids.Any(IsRunning), $"the killed processes {string.Join(", ", ids)} have ended").GetAwaiter().GetResult();
    }

    private static HashSet<int> AncestorsOf(int id, Dictionary<int, Entry> table)
    {
        var ancestors = new HashSet<int>();
        while (ancestors.Add(id) && table.TryGetValue(id, out var entry))
        {
            id = entry.Parent;
        }

        return ancestors;
    }

    private static Dictionary<int, Entry> Read()
    {
        var table = new Dictionary<int, Entry>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && TryRead(id) is { } entry)
            {
                table[id] = entry;
            }
        }

        return table;
    }

    private static Entry? TryRead(int id)
    {
        try
        {
            // The name in parentheses may hold spaces and parentheses itself; the state and the parent follow the last one.
            var stat = File.ReadAllText($"/proc/{id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            var command = File.ReadAllText($"/proc/{id}/cmdline").Replace('\0', ' ');
            return new Entry(id, int.Parse(fields[1], CultureInfo.InvariantCulture), fields[0][0], command);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
