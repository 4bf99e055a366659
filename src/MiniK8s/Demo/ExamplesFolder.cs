using MiniK8s.Commands;

namespace MiniK8s.Demo;

/// <summary>Finds examples/: beside the program where it was installed, or above it where it was built.</summary>
internal static class ExamplesFolder
{
    /// <summary>The path of one example.</summary>
    /// <exception cref="ClusterException">There is none.</exception>
    public static string Find(string example)
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            var path = Path.Combine(directory.FullName, "examples", example);
            if (Directory.Exists(path)) return path;
        }

        throw new ClusterException($"the folder examples/{example} is neither beside the program nor above it");
    }
}
