using System.Runtime.InteropServices;

namespace MiniK8s.TestKit.Files;

/// <summary>What is mounted below a folder: an engine that was killed leaves its file systems and its namespaces mounted.</summary>
internal static partial class Mounts
{
    private const int Detach = 2;

    /// <summary>Unmounts everything at or below a folder, the innermost first.</summary>
    internal static void UnmountBelow(string folder)
    {
        // Field 5 of a line of mountinfo is the mount point (proc(5)); later lines are mounted on top of earlier ones.
        var points = File.ReadLines("/proc/self/mountinfo")
            .Select(line => line.Split(' ')[4])
            .Where(point => point == folder || point.StartsWith(folder + "/", StringComparison.Ordinal))
            .Reverse()
            .ToList();
        foreach (var point in points)
        {
            // A refusal shows when the folder is removed, with the path that is still busy.
            _ = Unmount(point, Detach);
        }
    }

    [LibraryImport("libc", EntryPoint = "umount2", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Unmount(string target, int flags);
}
