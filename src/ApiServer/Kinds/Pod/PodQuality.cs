using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Values;
using MiniK8s.ApiServer.Kinds.Rules;

namespace MiniK8s.ApiServer.Kinds;

/// <summary>The quality-of-service class, which follows from requests and limits of CPU and memory alone.</summary>
internal static class PodQuality
{
    private static readonly string[] Resources = ["cpu", "memory"];

    public static string Of(PodSpec spec)
    {
        var all = spec.InitContainers.Concat(spec.Containers).Select(container => container.Resources ?? new()).ToList();
        if (all.All(IsEmpty)) return "BestEffort";
        return all.All(IsGuaranteed) ? "Guaranteed" : "Burstable";
    }

    private static bool IsEmpty(ResourceRequirements resources) => !Resources.Any(name => IsSet(resources.Requests, name) || IsSet(resources.Limits, name));

    private static bool IsGuaranteed(ResourceRequirements resources) => Resources.All(name =>
        IsSet(resources.Limits, name) && (!resources.Requests.TryGetValue(name, out var request) || Amounts.Compare(request, resources.Limits[name]) == 0));

    private static bool IsSet(IReadOnlyDictionary<string, Quantity> amounts, string name) =>
        amounts.TryGetValue(name, out var amount) && Amounts.IsPositive(amount);
}
