using MiniK8s.Api;
using MiniK8s.Api.Core.V1;

namespace MiniK8s.Kubelet.Containers;

/// <summary>The labels by which the kubelet finds its containers again. They are all that it remembers of a container.</summary>
internal static class PodLabels
{
    public const string Node = "minik8s.io/node";
    public const string Namespace = "minik8s.io/pod-namespace";
    public const string Name = "minik8s.io/pod-name";
    public const string Uid = "minik8s.io/pod-uid";
    public const string Container = "minik8s.io/container";
    public const string Attempt = "minik8s.io/attempt";
    public const string Sandbox = "minik8s.io/sandbox";
    public const string SpecHash = "minik8s.io/spec-hash";
    public const string Crashes = "minik8s.io/crashes";

    /// <summary>The labels of a container of a pod; a sandbox has an empty container name.</summary>
    public static Dictionary<string, string> Of(string node, Pod pod, string container, int attempt) => new()
    {
        [Node] = node,
        [Namespace] = pod.Metadata.Namespace ?? "",
        [Name] = pod.Metadata.Name ?? "",
        [Uid] = pod.Metadata.Uid ?? "",
        [Container] = container,
        [Attempt] = attempt.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    /// <summary>The filter for all containers of a node, or of one pod name on it.</summary>
    public static IReadOnlyList<string> Filter(string node, ObjectKey? pod = null) => pod is { } key
        ? [$"{Node}={node}", $"{Namespace}={key.Namespace}", $"{Name}={key.Name}"]
        : [$"{Node}={node}"];

    /// <summary>The pod that labels name; null for foreign containers.</summary>
    public static ObjectKey? KeyOf(IReadOnlyDictionary<string, string> labels) =>
        labels.TryGetValue(Namespace, out var space) && labels.TryGetValue(Name, out var name) ? new ObjectKey(space, name) : null;
}
