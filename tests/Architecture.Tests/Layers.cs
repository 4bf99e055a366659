namespace MiniK8s.Architecture.Tests;

/// <summary>Which project may use which: dependencies point one way.</summary>
internal static class Layers
{
    /// <summary>Each project of src/, and the projects that it may reference. A new edge is a decision: it goes here and into docs/architecture.md.</summary>
    public static IReadOnlyDictionary<string, string[]> Allowed { get; } = new Dictionary<string, string[]>
    {
        ["MiniK8s.Api"] = [],
        ["MiniK8s.Client"] = ["MiniK8s.Api"],
        ["MiniK8s.Runtime"] = ["MiniK8s.Api", "MiniK8s.Client"],
        ["MiniK8s.ApiServer"] = ["MiniK8s.Api"],
        ["MiniK8s.ControllerManager"] = ["MiniK8s.Api", "MiniK8s.Client", "MiniK8s.Runtime"],
        ["MiniK8s.Kubelet"] = ["MiniK8s.Api", "MiniK8s.Client", "MiniK8s.Runtime"],
        ["MiniK8s.Proxy"] = ["MiniK8s.Api", "MiniK8s.Client", "MiniK8s.Runtime"],
        ["MiniK8s.Kubectl"] = ["MiniK8s.Api", "MiniK8s.Client"],
        ["MiniK8s"] = [
            "MiniK8s.Api", "MiniK8s.Client", "MiniK8s.Runtime", "MiniK8s.ApiServer", "MiniK8s.ControllerManager", "MiniK8s.Kubelet", "MiniK8s.Proxy", "MiniK8s.Kubectl",
        ],
    };

    /// <summary>Libraries that only some projects may know: by the beginning of their assembly's name.</summary>
    public static IReadOnlyDictionary<string, string[]> Libraries { get; } = new Dictionary<string, string[]>
    {
        ["Microsoft.Data.Sqlite"] = ["MiniK8s.ApiServer"],
        ["SQLitePCLRaw"] = ["MiniK8s.ApiServer"],
        ["Google.Protobuf"] = ["MiniK8s.ApiServer"],
        ["Confluent.Kafka"] = ["MiniK8s.ApiServer", "MiniK8s.Client"],
        ["YamlDotNet"] = ["MiniK8s.Api", "MiniK8s.Client"],
    };

    /// <summary>One row per project.</summary>
    public static TheoryData<string> Projects { get; } = [.. Allowed.Keys];
}
