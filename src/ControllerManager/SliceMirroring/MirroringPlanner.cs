using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Api.Networking;
using MiniK8s.ControllerManager.EndpointSlices;
using MiniK8s.ControllerManager.Facts;
using SlicePort = MiniK8s.Api.Discovery.V1.EndpointPort;

namespace MiniK8s.ControllerManager.SliceMirroring;

/// <summary>Decides which slices repeat an Endpoints object that somebody made by hand, so that proxies need to read slices only.</summary>
internal static class MirroringPlanner
{
    /// <summary>Most addresses that are mirrored of one subset.</summary>
    public const int MaxPerSubset = 1000;

    /// <summary>
    /// Whether the object is one to mirror: its Service is there and chooses no pods, the object does not ask to be left alone,
    /// and it is no election record of an old client.
    /// </summary>
    public static bool IsMirrored(Endpoints? endpoints, Service? service) =>
        endpoints is not null && service is not null && service.Selector.Count == 0
        && !(endpoints.Metadata.Labels.GetValueOrDefault(WellKnown.SkipMirrorLabel) is { } skip && bool.TryParse(skip, out var skipped) && skipped)
        && !endpoints.Metadata.Annotations.ContainsKey(WellKnown.LeaderAnnotation);

    /// <summary>The writes that make the slices repeat the object; where it is not mirrored they are all deleted.</summary>
    /// <param name="endpoints">The object; null when it is gone.</param>
    /// <param name="service">The Service of the same name; null for none.</param>
    /// <param name="existing">The slices that this controller made for the name.</param>
    public static SlicePlan Plan(Endpoints? endpoints, Service? service, IReadOnlyList<EndpointSlice> existing)
    {
        if (endpoints is null || service is null || !IsMirrored(endpoints, service)) return new SlicePlan([], [], existing);
        var groups = endpoints.Subsets.SelectMany(Groups)
            .GroupBy(g => (g.AddressType, EndpointIdentity.OfPorts(g.Ports)))
            .Select(same => new EndpointGroup(same.Key.AddressType, same.First().Ports, [.. same.SelectMany(g => g.Endpoints)]))
            .ToList();
        var types = groups.Count == 0 ? ["IPv4"] : groups.Select(g => g.AddressType).Distinct().ToList();
        return SlicePacker.Pack(OwnerOf(endpoints, service), types, groups, existing);
    }

    private static IEnumerable<EndpointGroup> Groups(EndpointSubset subset)
    {
        var ports = subset.Ports.Select(p => new SlicePort { Name = p.Name ?? "", Port = p.Port, Protocol = p.Protocol ?? "TCP", AppProtocol = p.AppProtocol }).ToList();
        return subset.Addresses.Select(a => (Address: a, Ready: true)).Concat(subset.NotReadyAddresses.Select(a => (Address: a, Ready: false)))
            .Take(MaxPerSubset)
            .GroupBy(a => IpText.FamilyOf(a.Address.Ip))
            .Where(family => family.Key.Length > 0)
            .Select(family => new EndpointGroup(family.Key, ports, [.. family.Select(a => Mirror(a.Address, a.Ready))]));
    }

    private static Endpoint Mirror(EndpointAddress address, bool ready) => new()
    {
        Addresses = [address.Ip],
        Conditions = new EndpointConditions { Ready = ready },
        Hostname = address.Hostname,
        NodeName = address.NodeName,
        TargetRef = address.TargetRef,
    };

    private static SliceOwner OwnerOf(Endpoints endpoints, Service service) => new()
    {
        Namespace = endpoints.Metadata.Namespace ?? "",
        ServiceName = endpoints.Metadata.Name ?? "",
        Reference = new OwnerReference
        {
            ApiVersion = Endpoints.Info.GroupVersion, Kind = Endpoints.Info.Kind, Name = endpoints.Metadata.Name ?? "",
            Uid = endpoints.Metadata.Uid ?? "", Controller = true, BlockOwnerDeletion = true,
        },
        ManagedBy = WellKnown.MirroringController,
        Labels = endpoints.Metadata.Labels.Without(WellKnown.SkipMirrorLabel),
        Annotations = endpoints.Metadata.Annotations.Without(WellKnown.TriggerTimeAnnotation, WellKnown.LastAppliedAnnotation),
        Headless = service.IsHeadless,
        Deleting = endpoints.Metadata.DeletionTimestamp is not null,
        MaxPerSlice = MaxPerSubset,
    };
}
