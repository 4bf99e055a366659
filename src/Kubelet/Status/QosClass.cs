using MiniK8s.Api.Core.V1;

namespace MiniK8s.Kubelet.Status;

/// <summary>Quality of service, from requests and limits (pkg/apis/core/v1/helper/qos of Kubernetes).</summary>
internal static class QosClass
{
    private static readonly string[] Counted = ["cpu", "memory"];

    /// <summary><c>Guaranteed</c>, <c>Burstable</c> or <c>BestEffort</c>.</summary>
    public static string Of(Pod pod)
    {
        var containers = pod.Spec!.Containers.Concat(pod.Spec.InitContainers).ToList();
        if (!containers.Any(container => Counted.Any(name => Has(container.Resources?.Requests, name) || Has(container.Resources?.Limits, name)))) return "BestEffort";
        var guaranteed = containers.All(container => Counted.All(name =>
            container.Resources?.Limits.TryGetValue(name, out var limit) == true
            && (!container.Resources.Requests.TryGetValue(name, out var request) || request == limit)));
        return guaranteed ? "Guaranteed" : "Burstable";
    }

    private static bool Has(IReadOnlyDictionary<string, Api.Values.Quantity>? amounts, string name) => amounts?.ContainsKey(name) == true;
}
