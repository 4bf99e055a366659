using System.Globalization;
using MiniK8s.Api.Core.V1;

namespace MiniK8s.Kubelet.Containers;

/// <summary>Requests and limits that the downward API gives to containers.</summary>
internal static class ResourceFields
{
    /// <summary>The amount in units of the divisor, rounded up; 0 where none is set.</summary>
    /// <exception cref="ContainerConfigException">The resource or the container is not known.</exception>
    public static string Read(Pod pod, Container self, ResourceFieldSelector selector)
    {
        var container = string.IsNullOrEmpty(selector.ContainerName)
            ? self
            : pod.Spec!.Containers.FirstOrDefault(other => other.Name == selector.ContainerName)
                ?? throw new ContainerConfigException($"container {selector.ContainerName} not found");
        var dot = selector.Resource.IndexOf('.', StringComparison.Ordinal);
        var amounts = (dot < 0 ? "" : selector.Resource[..dot]) switch
        {
            "limits" => container.Resources?.Limits,
            "requests" => container.Resources?.Requests,
            _ => throw new ContainerConfigException($"unsupported container resource: {selector.Resource}"),
        };
        if (amounts is null || !amounts.TryGetValue(selector.Resource[(dot + 1)..], out var amount)) return "0";
        var divisor = selector.Divisor is { Milli: > 0 } given ? given.Milli : 1000;
        return ((amount.Milli + divisor - 1) / divisor).ToString(CultureInfo.InvariantCulture);
    }
}
