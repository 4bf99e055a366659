using System.Reflection;
using System.Xml.Linq;

namespace MiniK8s.Architecture.Tests;

/// <summary>Dependencies between the projects, as the compiler wrote them and as the project files declare them.</summary>
public sealed class LayeringTests
{
    [Theory]
    [MemberData(nameof(Layers.Projects), MemberType = typeof(Layers))]
    public void Compiled_references_point_the_allowed_way(string project) =>
        Assert.Equal([], Compiled(project).Where(IsOurs).Except(Layers.Allowed[project]));

    [Theory]
    [MemberData(nameof(Layers.Projects), MemberType = typeof(Layers))]
    public void Declared_references_point_the_allowed_way(string project)
    {
        var file = ProjectFiles("src").Single(path => Path.GetFileNameWithoutExtension(path) == project);
        var declared = XDocument.Parse(Repository.Read(file)).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!));
        Assert.Equal([], declared.Where(IsOurs).Except(Layers.Allowed[project]));
    }

    [Theory]
    [MemberData(nameof(Layers.Projects), MemberType = typeof(Layers))]
    public void Only_some_projects_know_the_libraries_of_storage_and_events(string project) =>
        Assert.Equal([], Compiled(project).Where(name => Layers.Libraries.Any(library =>
            name.StartsWith(library.Key, StringComparison.Ordinal) && !library.Value.Contains(project))));

    [Fact]
    public void Libraries_are_used_by_those_who_may() => Assert.All(Layers.Libraries.Where(library => library.Key != "SQLitePCLRaw"), library =>
        Assert.All(library.Value, project => Assert.Contains(Compiled(project), name => name.StartsWith(library.Key, StringComparison.Ordinal))));

    [Fact]
    public void Every_project_of_src_has_its_layer() =>
        Assert.Equal(Layers.Allowed.Keys.Order(StringComparer.Ordinal), ProjectFiles("src").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = Repository.Read("MiniK8s.sln").Replace('\\', '/');
        Assert.Equal([], ProjectFiles().Where(path => !solution.Contains($"\"{path}\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void Nothing_in_src_references_a_test_project_or_a_benchmark() =>
        Assert.Equal([], ProjectFiles("src").Where(path => Repository.Read(path) is var text && (text.Contains("tests/", StringComparison.Ordinal) || text.Contains("benchmarks/", StringComparison.Ordinal))));

    private static bool IsOurs(string name) => name == "MiniK8s" || name.StartsWith("MiniK8s.", StringComparison.Ordinal);

    private static IEnumerable<string> ProjectFiles(string folder = "") => Repository.Files(folder).Where(path => path.EndsWith(".csproj", StringComparison.Ordinal));

    private static string[] Compiled(string project) => [.. Assembly.Load(project).GetReferencedAssemblies().Select(reference => reference.Name!)];
}
