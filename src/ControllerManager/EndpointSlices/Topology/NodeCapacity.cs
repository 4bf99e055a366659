using MiniK8s.Api.Core.V1;
using MiniK8s.ControllerManager.Facts;
using MiniK8s.ControllerManager.Scheduling;

namespace MiniK8s.ControllerManager.EndpointSlices.Topology;

/// <summary>All of a node that the shares of zones depend on: what is equal here leaves every hint where it is, as after a heartbeat.</summary>
/// <param name="Name">The node.</param>
/// <param name="Zone">Its zone; empty where it has none.</param>
/// <param name="MilliCpu">Its allocatable CPU in thousandths; 0 where it has none.</param>
internal sealed record NodeCapacity(string Name, string Zone, long MilliCpu)
{
    private static readonly string[] LeftOut = ["node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master"];

    /// <summary>
    /// What the node counts; null for one that is left out: not ready, or of the control plane, whatever the label's value
    /// (SetNodes and hasExcludedLabels in Kubernetes' endpointslice/topologycache).
    /// </summary>
    public static NodeCapacity? Of(Node? node)
    {
        if (node is null || !node.IsReady || LeftOut.Any(node.Metadata.Labels.ContainsKey)) return null;
        var cpu = node.Status?.Allocatable.TryGetValue(Resources.Cpu, out var amount) == true ? amount.Milli : 0;
        return new NodeCapacity(node.Name, node.Metadata.Labels.GetValueOrDefault(WellKnown.ZoneLabel) ?? "", cpu);
    }
}
