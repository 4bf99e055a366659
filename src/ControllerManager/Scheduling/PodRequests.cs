using MiniK8s.Api.Core.V1;

namespace MiniK8s.ControllerManager.Scheduling;

/// <summary>What a pod takes of its node (k8s.io/component-helpers resource.PodRequests).</summary>
internal static class PodRequests
{
    /// <summary>What a container without a CPU request counts as when load is compared: a tenth of a CPU.</summary>
    private const long AssumedMilliCpu = 100;

    /// <summary>What a container without a memory request counts as when load is compared: 200 MiB.</summary>
    private const long AssumedMemory = 200L << 20;

    /// <summary>The sum over containers and sidecars, or the most that an init container needs at its turn; and the overhead.</summary>
    public static Resources Of(Pod pod) => Sum(pod, container => Resources.Of(Requests(container)));

    /// <summary>The same with an assumed amount for containers that ask for none, so that these spread as well.</summary>
    public static Resources ForScore(Pod pod) => Sum(pod, container =>
    {
        var requests = Resources.Of(Requests(container));
        if (requests[Resources.Cpu] == 0) requests[Resources.Cpu] = AssumedMilliCpu;
        if (requests[Resources.Memory] == 0) requests[Resources.Memory] = AssumedMemory;
        return requests;
    });

    /// <summary>The ports that the pod opens on its node: address (empty for all), protocol and number.</summary>
    public static IEnumerable<HostPort> HostPorts(Pod pod) =>
        from container in (pod.Spec?.Containers ?? []).Concat(pod.Spec?.InitContainers.Where(c => c.RestartPolicy == "Always") ?? [])
        from port in container.Ports
        let number = port.HostPort > 0 ? port.HostPort.Value : pod.Spec!.HostNetwork == true ? port.ContainerPortValue : 0
        where number > 0
        select new HostPort(port.HostIP is null or "0.0.0.0" or "::" ? "" : port.HostIP, port.Protocol ?? "TCP", number);

    private static Resources Sum(Pod pod, Func<Container, Resources> requestsOf)
    {
        var total = new Resources();
        foreach (var container in pod.Spec?.Containers ?? []) total.Add(requestsOf(container));

        // Init containers run one after the other beside the sidecars that have begun before them.
        var (sidecars, peak) = (new Resources(), new Resources());
        foreach (var container in pod.Spec?.InitContainers ?? [])
        {
            var requests = requestsOf(container);
            if (container.RestartPolicy == "Always") sidecars.Add(requests);
            else requests.Add(sidecars);
            peak.RaiseTo(container.RestartPolicy == "Always" ? sidecars : requests);
        }

        total.Add(sidecars);
        total.RaiseTo(peak);
        total.Add(Resources.Of(pod.Spec?.Overhead ?? new Dictionary<string, Api.Values.Quantity>()));
        return total;
    }

    private static Dictionary<string, Api.Values.Quantity> Requests(Container container)
    {
        if (container.Resources is not { } resources) return [];

        // A limit without a request is a request of the same size.
        var requests = new Dictionary<string, Api.Values.Quantity>(resources.Limits);
        foreach (var (name, quantity) in resources.Requests) requests[name] = quantity;
        return requests;
    }
}

/// <summary>A port on a node.</summary>
/// <param name="Address">The node's address; empty for all of them.</param>
/// <param name="Protocol">Such as TCP.</param>
/// <param name="Number">The port.</param>
internal readonly record struct HostPort(string Address, string Protocol, int Number)
{
    /// <summary>Whether the two cannot be open on one node.</summary>
    public bool Conflicts(HostPort other) =>
        Protocol == other.Protocol && Number == other.Number && (Address == other.Address || Address.Length == 0 || other.Address.Length == 0);
}
