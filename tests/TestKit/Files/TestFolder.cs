using System.Globalization;
using MiniK8s.TestKit.Processes;

namespace MiniK8s.TestKit.Files;

/// <summary>
/// A directory of one test. Its name carries the id of the test process, so that what a killed run left behind can be told
/// from what is in use. Disposing ends the processes that name the folder, unmounts what is mounted below it and removes it.
/// </summary>
public sealed class TestFolder : IDisposable
{
    private const string Prefix = "mk8s-";

    /// <summary>A Unix socket's path has at most 107 bytes, and an engine keeps its sockets some 45 bytes below its folder.</summary>
    private const int LongestRoot = 40;

    private static int _count;

    private TestFolder(string path) => FullPath = path;

    /// <summary>The absolute path, without a slash at the end.</summary>
    public string FullPath { get; }

    /// <summary>Makes an empty folder that only its owner may enter.</summary>
    public static TestFolder Create()
    {
        StaleRemains.SweepOnce();
        var name = $"{Prefix}{Environment.ProcessId}-{Interlocked.Increment(ref _count)}";
        var path = Path.Combine(Root, name);
        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new TestFolder(path);
    }

    /// <summary>The path of a file or folder in here.</summary>
    public string this[string name] => Path.Combine(FullPath, name);

    public void Dispose() => Remove(FullPath);

    /// <summary>Removes the folders of test processes that have ended.</summary>
    internal static void RemoveStale()
    {
        foreach (var path in Directory.EnumerateDirectories(Root, Prefix + "*"))
        {
            var owner = Path.GetFileName(path)[Prefix.Length..].Split('-')[0];
            if (int.TryParse(owner, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && !ProcessTable.IsRunning(id))
            {
                Remove(path);
            }
        }
    }

    private static string Root => Path.GetTempPath().TrimEnd('/') is { Length: <= LongestRoot } root ? root : "/tmp";

    private static void Remove(string path)
    {
        ProcessTable.KillUsersOf(path);
        Mounts.UnmountBelow(path);
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Somebody else's sweep was quicker.
        }
    }
}
