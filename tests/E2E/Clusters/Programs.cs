using MiniK8s.TestKit.Files;

namespace MiniK8s.E2E.Tests.Clusters;

/// <summary>The built programs, run as a user's shell would: as processes of their own.</summary>
internal static class Programs
{
    /// <summary>The command line of the one program.</summary>
    public static IReadOnlyList<string> MiniK8s(params IEnumerable<string> arguments) =>
        ["dotnet", Path.Combine(AppContext.BaseDirectory, "MiniK8s.dll"), .. arguments];

    /// <summary>The folder of the repository.</summary>
    public static string Repository => RepositoryFolder.Root;

    /// <summary>A folder of examples/.</summary>
    public static string Example(string name) => Path.Combine(Repository, "examples", name);
}
