namespace MiniK8s.Architecture.Tests;

/// <summary>The files of the repository that these tests run from, without what a build makes.</summary>
internal static class Repository
{
    private static readonly string[] Made = ["bin", "obj", "artifacts", "TestResults", "BenchmarkDotNet.Artifacts", ".git", ".vs", ".idea"];

    /// <summary>The folder that holds MiniK8s.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>All files below a folder of the repository, as paths from its root; the whole repository when empty.</summary>
    public static IReadOnlyList<string> Files(string folder = "") =>
        [.. Below(Path.Combine(Root, folder)).Select(path => Path.GetRelativePath(Root, path)).Order(StringComparer.Ordinal)];

    /// <summary>What a file says.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    // In a further working tree .git is a file, and names where the repository lies.
    private static IEnumerable<string> Below(string folder) => Directory.EnumerateFiles(folder).Where(path => Path.GetFileName(path) != ".git")
        .Concat(Directory.EnumerateDirectories(folder).Where(child => !Made.Contains(Path.GetFileName(child))).SelectMany(Below));

    private static string FindRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "MiniK8s.sln"))) return directory.FullName;
        }

        throw new InvalidOperationException("the tests do not run from inside the repository");
    }
}
