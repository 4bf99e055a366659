namespace MiniK8s.Benchmarks.Cluster;

/// <summary>The built program beside this one, as a process of its own.</summary>
internal static class Programs
{
    /// <summary>Its command line.</summary>
    public static IReadOnlyList<string> MiniK8s(params IEnumerable<string> arguments) => ["dotnet", Path.Combine(AppContext.BaseDirectory, "MiniK8s.dll"), .. arguments];

    /// <summary>The folder of an example.</summary>
    public static string Example(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "examples", name);
            if (Directory.Exists(path)) return path;
        }

        throw new InvalidOperationException($"examples/{name} is not above {AppContext.BaseDirectory}");
    }
}
