using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Api.Serialization;

namespace MiniK8s.Proxy.Tests.Kit;

/// <summary>Cases kept as files beside the tests. <c>UPDATE_GOLDEN=1</c> writes what came out over what was expected.</summary>
internal static class TestData
{
    public static string Folder { get; } = Path.Combine(Path.GetDirectoryName(Here())!, "..", "testdata");

    /// <summary>The objects of a case.</summary>
    public static IReadOnlyList<IResource> Objects(string @case)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, @case, "input.json")));
        return [.. document.RootElement.GetProperty("items").EnumerateArray().Select(Read)];
    }

    /// <summary>Compares with the expected file, whose every line matters.</summary>
    public static void AssertMatches(string @case, string file, string actual)
    {
        var path = Path.Combine(Folder, @case, file);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1") File.WriteAllText(path, actual);
        Assert.Equal(File.ReadAllText(path), actual);
    }

    private static IResource Read(JsonElement item)
    {
        var json = Encoding.UTF8.GetBytes(item.GetRawText());
        return item.GetProperty("kind").GetString() == "Service" ? ApiSerializer.Deserialize<Service>(json) : ApiSerializer.Deserialize<EndpointSlice>(json);
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
