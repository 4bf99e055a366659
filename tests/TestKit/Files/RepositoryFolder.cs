namespace MiniK8s.TestKit.Files;

/// <summary>The repository that the tests run from.</summary>
public static class RepositoryFolder
{
    /// <summary>The folder that holds MiniK8s.sln.</summary>
    /// <exception cref="InvalidOperationException">The tests were copied out of the repository.</exception>
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "MiniK8s.sln"))) return directory.FullName;
        }

        throw new InvalidOperationException("the tests do not run from inside the repository");
    }
}
