namespace MiniK8s.E2E.Tests.Clusters;

/// <summary>The built programs, run as a user's shell would: as processes of their own.</summary>
internal static class Programs
{
    /// <summary>The command line of the one program.</summary>
    public static IReadOnlyList<string> MiniK8s(params IEnumerable<string> arguments) =>
        ["dotnet", Path.Combine(AppContext.BaseDirectory, "MiniK8s.dll"), .. arguments];

    /// <summary>The folder of the repository.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>A folder of examples/.</summary>
    public static string Example(string name) => Path.Combine(Repository, "examples", name);

    private static string FindRepository()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "MiniK8s.sln"))) return directory.FullName;
        }

        throw new InvalidOperationException("the tests do not run from inside the repository");
    }
}
