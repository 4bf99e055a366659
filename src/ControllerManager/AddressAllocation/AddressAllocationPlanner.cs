using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Networking;
using MiniK8s.ControllerManager.Facts;

namespace MiniK8s.ControllerManager.AddressAllocation;

/// <summary>
/// Chooses the ClusterIPs, node ports and health-check port that the type of a Service calls for and that it does not have.
/// Whatever the Service has it keeps.
/// </summary>
internal static class AddressAllocationPlanner
{
    /// <summary>The plan for one Service.</summary>
    /// <param name="service">The Service.</param>
    /// <param name="network">The ranges to choose from.</param>
    /// <param name="isTaken">Whether somebody has it; asked for candidates only.</param>
    /// <param name="random">Where the search starts.</param>
    public static AllocationPlan Plan(Service service, ServiceNetwork network, Func<Claim, bool> isTaken, Random random)
    {
        if (service.Metadata.DeletionTimestamp is not null || ServiceAllocation.IsComplete(service)) return new AllocationPlan.Nothing();
        var complete = ServiceAllocation.Complete(service, network, ip => isTaken(Claim.Of(ip)), port => isTaken(Claim.Of(port)), random);
        return ServiceAllocation.IsComplete(complete)
            ? new AllocationPlan.Assign(complete, [.. Claim.Of(complete).Except(Claim.Of(service))])
            : new AllocationPlan.Exhausted(Missing(complete, network));
    }

    /// <summary>
    /// The claims among <paramref name="chosen"/> that a refusal (422) is about, by the fields that its causes name; none where it
    /// is about something else.
    /// </summary>
    public static IEnumerable<Claim> Refused(IReadOnlyList<Claim> chosen, IEnumerable<string> fields)
    {
        var (addresses, ports) = (false, false);
        foreach (var field in fields)
        {
            addresses |= field.StartsWith("spec.clusterIP", StringComparison.Ordinal);
            ports |= field.EndsWith(".nodePort", StringComparison.Ordinal) || field == "spec.healthCheckNodePort";
        }

        return chosen.Where(claim => claim.IsAddress ? addresses : ports);
    }

    private static string Missing(Service service, ServiceNetwork network)
    {
        if (!service.HasClusterIP && !service.IsHeadless || service.Spec!.ClusterIPs.Count < service.Spec.IpFamilies.Count)
        {
            var family = service.Spec!.IpFamilies.ElementAtOrDefault(service.Spec.ClusterIPs.Count) ?? network.DefaultFamily;
            return network.RangeOf(family) is { } range
                ? $"no address is free in {range}" : $"the cluster has no range of {family} Service addresses";
        }

        return $"no node port is free in {network.NodePorts}";
    }
}
