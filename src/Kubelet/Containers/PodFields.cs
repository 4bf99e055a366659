using MiniK8s.Api.Core.V1;

namespace MiniK8s.Kubelet.Containers;

/// <summary>The fields of a pod that the downward API gives to its containers.</summary>
internal static class PodFields
{
    /// <summary>The value of a path such as <c>metadata.name</c> or <c>metadata.labels['app']</c>.</summary>
    /// <exception cref="ContainerConfigException">The path is none of those that the downward API knows.</exception>
    public static string Read(Pod pod, string path, PodAddresses addresses) => path switch
    {
        "metadata.name" => pod.Metadata.Name ?? "",
        "metadata.namespace" => pod.Metadata.Namespace ?? "",
        "metadata.uid" => pod.Metadata.Uid ?? "",
        "spec.nodeName" => pod.Spec?.NodeName ?? "",
        "spec.serviceAccountName" => pod.Spec?.ServiceAccountName ?? "",
        "status.hostIP" or "status.hostIPs" => addresses.Host,
        "status.podIP" or "status.podIPs" => addresses.Pod,
        _ when Key(path, "metadata.labels") is { } key => pod.Metadata.Labels.GetValueOrDefault(key, ""),
        _ when Key(path, "metadata.annotations") is { } key => pod.Metadata.Annotations.GetValueOrDefault(key, ""),
        _ => throw new ContainerConfigException($"unsupported fieldPath: {path}"),
    };

    private static string? Key(string path, string map) =>
        path.StartsWith(map + "['", StringComparison.Ordinal) && path.EndsWith("']", StringComparison.Ordinal) ? path[(map.Length + 2)..^2] : null;
}
