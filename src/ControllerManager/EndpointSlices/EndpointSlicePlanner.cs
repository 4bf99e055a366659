using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Api.Networking;
using MiniK8s.ControllerManager.EndpointSlices.Topology;
using MiniK8s.ControllerManager.Facts;
using MiniK8s.ControllerManager.ServiceEndpoints;

namespace MiniK8s.ControllerManager.EndpointSlices;

/// <summary>Decides which slices a Service with a selector has, from its pods and the nodes they run on.</summary>
internal static class EndpointSlicePlanner
{
    /// <summary>What the planner looks at.</summary>
    internal sealed record Input
    {
        /// <summary>The Service; it selects pods and has its address, if it is to have one.</summary>
        public required Service Service { get; init; }

        /// <summary>The pods that the selector matches.</summary>
        public IReadOnlyList<Pod> Pods { get; init; } = [];

        /// <summary>The Service's slices under this controller.</summary>
        public IReadOnlyList<EndpointSlice> Existing { get; init; } = [];

        /// <summary>Finds a node by name.</summary>
        public required Func<string, Node?> Nodes { get; init; }

        /// <summary>How the cluster's CPU is divided among zones; only Services that ask for hints by it need it.</summary>
        public ZoneShares Shares { get; init; } = ZoneShares.Of([]);

        /// <summary>Since when a change was due; null where none is known.</summary>
        public DateTimeOffset? TriggerTime { get; init; }

        /// <summary>Most endpoints of one slice.</summary>
        public int MaxPerSlice { get; init; } = 100;
    }

    /// <summary>The plan, and the pods that were left out because their node is not known (yet): look again soon.</summary>
    public static (SlicePlan Plan, IReadOnlyList<Pod> OnMissingNodes) Plan(Input input)
    {
        var service = input.Service;
        var missing = new List<Pod>();
        var placed = new List<(Pod Pod, Node? Node)>();
        foreach (var pod in input.Pods.Where(p => PodMembership.IsEligible(p, terminatingToo: true)).OrderBy(p => p.Metadata.Name, StringComparer.Ordinal))
        {
            var node = pod.NodeName.Length == 0 ? null : input.Nodes(pod.NodeName);
            if (node is null && pod.NodeName.Length > 0 && !service.PublishesNotReady) missing.Add(pod);
            else placed.Add((pod, node));
        }

        var types = AddressTypes(service);
        var groups = types.SelectMany(type => Groups(service, type, placed)).ToList();
        var owner = OwnerOf(input);
        var plan = SlicePacker.Pack(owner, types, groups, input.Existing);

        // Whatever hints the endpoints have from trafficDistribution are replaced, also by none: the annotation goes before the field
        // (reconcileByAddressType in Kubernetes' endpointslice).
        if (service.WantsZoneHints) plan = TopologyHintPlanner.Plan(plan, new() { Owner = owner, AddressTypes = types, Existing = input.Existing, Shares = input.Shares });
        return (plan, missing);
    }

    /// <summary>
    /// The families that the Service has endpoints of: its own; for an older object those of its address; for a headless one that
    /// names none both, since nothing says which the cluster has.
    /// </summary>
    internal static IReadOnlyList<string> AddressTypes(Service service) =>
        service.Spec is { IpFamilies: { Count: > 0 } families } ? families
        : service.HasClusterIP ? [IpText.FamilyOf(service.Spec!.ClusterIP)]
        : ["IPv4", "IPv6"];

    /// <summary>
    /// Pods by the ports they offer. A pod with none of the ports is an endpoint without ports: no proxy sends to it, but a name
    /// server still answers with it, as for a headless Service without ports.
    /// </summary>
    private static IEnumerable<EndpointGroup> Groups(Service service, string type, IEnumerable<(Pod Pod, Node? Node)> placed)
    {
        return placed
            .Select(p => (p.Pod, p.Node, Ports: PodPorts.Of(service, p.Pod)))
            .Where(p => p.Pod.AddressesOf(type).Any())
            .GroupBy(p => EndpointIdentity.OfPorts(p.Ports))
            .Select(g => new EndpointGroup(type, g.First().Ports, [.. g.Select(p => EndpointOf(service, type, p.Pod, p.Node))]));
    }

    private static Endpoint EndpointOf(Service service, string type, Pod pod, Node? node)
    {
        var zone = node?.Metadata.Labels.GetValueOrDefault(WellKnown.ZoneLabel) is { Length: > 0 } named ? named : null;
        var ready = service.PublishesNotReady || (pod.IsReady && !pod.IsTerminating);
        return new Endpoint
        {
            Addresses = [.. pod.AddressesOf(type)],
            Conditions = new EndpointConditions { Ready = ready, Serving = pod.IsReady, Terminating = pod.IsTerminating },
            Hostname = PodMembership.HostnameFor(pod, service),
            NodeName = pod.NodeName.Length > 0 ? pod.NodeName : null,
            Zone = zone,
            TargetRef = PodMembership.Reference(pod),
            Hints = ready && zone is not null && service.Spec?.TrafficDistribution == "PreferClose"
                ? new EndpointHints { ForZones = [new ForZone { Name = zone }] } : null,
        };
    }

    private static SliceOwner OwnerOf(Input input)
    {
        var metadata = input.Service.Metadata;
        return new SliceOwner
        {
            Namespace = metadata.Namespace ?? "",
            ServiceName = metadata.Name ?? "",
            Reference = new OwnerReference
            {
                ApiVersion = Service.Info.GroupVersion, Kind = Service.Info.Kind, Name = metadata.Name ?? "", Uid = metadata.Uid ?? "",
                Controller = true, BlockOwnerDeletion = true,
            },
            ManagedBy = WellKnown.SliceController,
            Labels = metadata.Labels,
            HintsComeLater = input.Service.WantsZoneHints,
            Headless = !input.Service.HasClusterIP,
            Deleting = metadata.DeletionTimestamp is not null,
            MaxPerSlice = input.MaxPerSlice,
            TriggerTime = input.TriggerTime,
        };
    }
}
