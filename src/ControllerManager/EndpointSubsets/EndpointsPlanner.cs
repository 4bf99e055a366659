using System.Globalization;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Api.Networking;
using MiniK8s.Api.Serialization;
using MiniK8s.ControllerManager.Facts;
using MiniK8s.ControllerManager.ServiceEndpoints;

namespace MiniK8s.ControllerManager.EndpointSubsets;

/// <summary>Decides what the Endpoints of a Service with a selector hold (pkg/controller/endpoint).</summary>
internal static class EndpointsPlanner
{
    /// <summary>Most addresses of one object; what is beyond is left out and the object says so.</summary>
    public const int MaxAddresses = 1000;

    /// <summary>The plan for one Service.</summary>
    /// <param name="service">The Service; it selects pods.</param>
    /// <param name="pods">The pods that the selector matches.</param>
    /// <param name="existing">The Endpoints that are there; null for none.</param>
    /// <param name="triggerTime">Since when a change was due; null where none is known.</param>
    public static EndpointsPlan Plan(Service service, IReadOnlyList<Pod> pods, Endpoints? existing, DateTimeOffset? triggerTime)
    {
        var (subsets, truncated) = SubsetLimit.Apply(SubsetPacker.Pack(Candidates(service, pods)), MaxAddresses);
        var desired = new Endpoints
        {
            Metadata = (existing?.Metadata ?? new ObjectMeta { Namespace = service.Metadata.Namespace, Name = service.Metadata.Name }) with
            {
                Labels = Labels(service),
                Annotations = Annotations(existing, truncated, triggerTime),
            },
            Subsets = subsets,
        };
        if (existing is null) return new EndpointsPlan.Create(desired);
        return IsUnchanged(existing, desired) ? new EndpointsPlan.Nothing() : new EndpointsPlan.Update(desired);
    }

    private static IEnumerable<SubsetPacker.Candidate> Candidates(Service service, IReadOnlyList<Pod> pods)
    {
        var family = service.Spec is { IpFamilies: [var first, ..] } ? first : service.HasClusterIP ? IpText.FamilyOf(service.Spec!.ClusterIP) : null;
        foreach (var pod in pods.Where(p => PodMembership.IsEligible(p, service.PublishesNotReady)))
        {
            var ip = family is null ? pod.Addresses.First() : pod.AddressesOf(family).FirstOrDefault();
            if (ip is null) continue;
            var address = new EndpointAddress
            {
                Ip = ip,
                Hostname = PodMembership.HostnameFor(pod, service),
                NodeName = pod.NodeName.Length > 0 ? pod.NodeName : null,
                TargetRef = PodMembership.Reference(pod),
            };
            var ports = PodPorts.Of(service, pod)
                .Select(p => new EndpointPort { Name = p.Name is "" ? null : p.Name, Port = p.Port ?? 0, Protocol = p.Protocol, AppProtocol = p.AppProtocol })
                .ToList();
            if (service.Spec?.Ports.Count > 0 && ports.Count == 0) continue;
            yield return new SubsetPacker.Candidate(address, service.PublishesNotReady || pod.IsReady, ports);
        }
    }

    private static Dictionary<string, string> Labels(Service service)
    {
        var labels = service.Metadata.Labels.Without(WellKnown.HeadlessLabel);
        if (!service.HasClusterIP) labels[WellKnown.HeadlessLabel] = "";
        return labels;
    }

    private static Dictionary<string, string> Annotations(Endpoints? existing, bool truncated, DateTimeOffset? triggerTime)
    {
        var annotations = (existing?.Metadata.Annotations ?? new Dictionary<string, string>())
            .Without(WellKnown.TriggerTimeAnnotation, WellKnown.OverCapacityAnnotation);
        if (truncated) annotations[WellKnown.OverCapacityAnnotation] = "truncated";
        if (triggerTime is { } time) annotations[WellKnown.TriggerTimeAnnotation] = time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
        return annotations;
    }

    /// <summary>Equal in all that a reader acts on: the trigger time alone, or a new version alone of a pod, is no change.</summary>
    private static bool IsUnchanged(Endpoints existing, Endpoints desired) =>
        LabelMaps.AreEqual(existing.Metadata.Labels, desired.Metadata.Labels)
        && existing.Metadata.Annotations.GetValueOrDefault(WellKnown.OverCapacityAnnotation) == desired.Metadata.Annotations.GetValueOrDefault(WellKnown.OverCapacityAnnotation)
        && ApiSerializer.AreEqual(Comparable(existing), Comparable(desired));

    /// <summary>The subsets in the packer's order, without the versions of pods.</summary>
    private static Endpoints Comparable(Endpoints endpoints) => new()
    {
        Subsets = SubsetPacker.Sort(endpoints.Subsets.Select(subset => subset with
        {
            Addresses = [.. subset.Addresses.Select(WithoutVersion)],
            NotReadyAddresses = [.. subset.NotReadyAddresses.Select(WithoutVersion)],
        })),
    };

    private static EndpointAddress WithoutVersion(EndpointAddress address) =>
        address.TargetRef is null ? address : address with { TargetRef = address.TargetRef with { ResourceVersion = null } };
}
