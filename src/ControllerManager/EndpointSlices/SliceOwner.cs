using System.Globalization;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Api.Meta.V1;
using MiniK8s.ControllerManager.Facts;

namespace MiniK8s.ControllerManager.EndpointSlices;

/// <summary>What all slices of one Service have in common, whoever makes them.</summary>
internal sealed record SliceOwner
{
    private static readonly string[] ReservedLabels = [WellKnown.ServiceNameLabel, WellKnown.ManagedByLabel, WellKnown.HeadlessLabel];

    /// <summary>The namespace of owner and slices.</summary>
    public required string Namespace { get; init; }

    /// <summary>The Service that the slices belong to.</summary>
    public required string ServiceName { get; init; }

    /// <summary>The object whose deletion removes the slices.</summary>
    public required OwnerReference Reference { get; init; }

    /// <summary>The controller that may write the slices.</summary>
    public required string ManagedBy { get; init; }

    /// <summary>The owner's labels; reserved ones are not taken over, so no Service can pose as another.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Annotations that every slice carries.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether the Service has no address of its own.</summary>
    public bool Headless { get; init; }

    /// <summary>An owner in deletion gets no new slices.</summary>
    public bool Deleting { get; init; }

    /// <summary>Hints are chosen when it is known which slices are written: those that a slice has are no reason to write it.</summary>
    public bool HintsComeLater { get; init; }

    /// <summary>Most endpoints of one slice.</summary>
    public int MaxPerSlice { get; init; } = 100;

    /// <summary>Since when the change was due, for the annotation of slices that are written now.</summary>
    public DateTimeOffset? TriggerTime { get; init; }

    /// <summary>Whether the slice belongs to this very owner, and not to an earlier one of the same name.</summary>
    public bool Owns(EndpointSlice slice) => slice.Metadata.OwnerReferences.Any(o => o.Uid == Reference.Uid);

    /// <summary>The labels of a slice: what it had, overlaid with the owner's labels and the reserved ones.</summary>
    public IReadOnlyDictionary<string, string> LabelsFor(EndpointSlice? slice)
    {
        var labels = slice is null ? new Dictionary<string, string>() : slice.Metadata.Labels.Without(ReservedLabels);
        foreach (var (key, value) in Labels)
        {
            if (!ReservedLabels.Contains(key)) labels[key] = value;
        }

        labels[WellKnown.ServiceNameLabel] = ServiceName;
        labels[WellKnown.ManagedByLabel] = ManagedBy;
        if (Headless) labels[WellKnown.HeadlessLabel] = "";
        return labels;
    }

    /// <summary>Whether labels, annotations and owner of a slice are what they should be; the trigger time does not count.</summary>
    public bool HeaderFits(EndpointSlice slice) =>
        Owns(slice)
        && LabelMaps.AreEqual(slice.Metadata.Labels, LabelsFor(slice))
        && Annotations.All(a => slice.Metadata.Annotations.GetValueOrDefault(a.Key) == a.Value);

    /// <summary>The metadata for writing a slice: that of the existing one under its version, or that of a new one.</summary>
    public ObjectMeta MetadataFor(EndpointSlice? slice, string name)
    {
        var annotations = (slice?.Metadata.Annotations ?? new Dictionary<string, string>()).Without(WellKnown.TriggerTimeAnnotation);
        foreach (var (key, value) in Annotations) annotations[key] = value;
        if (TriggerTime is { } time)
        {
            annotations[WellKnown.TriggerTimeAnnotation] = time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
        }

        var metadata = slice?.Metadata ?? new ObjectMeta { Namespace = Namespace, Name = name, GenerateName = ServiceName + "-" };
        return metadata with { Labels = LabelsFor(slice), Annotations = annotations, OwnerReferences = [Reference] };
    }
}
