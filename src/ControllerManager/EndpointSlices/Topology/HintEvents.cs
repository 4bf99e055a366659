using System.Collections.Concurrent;
using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Runtime.Events;

namespace MiniK8s.ControllerManager.EndpointSlices.Topology;

/// <summary>
/// Tells users whether the hints they asked for are made, under Kubernetes' reasons. It is told when it changes; Kubernetes repeats a
/// refusal at each sync. Nothing is kept beyond the process: the next one tells it anew.
/// </summary>
internal sealed class HintEvents(EventRecorder events)
{
    private const string Enabled = "TopologyAwareHintsEnabled";
    private const string Disabled = "TopologyAwareHintsDisabled";

    private readonly ConcurrentDictionary<ObjectKey, IReadOnlyList<HintVerdict>> told = new();

    /// <summary>Tells what became of the wish; to be called when the slices are written.</summary>
    /// <param name="service">The Service.</param>
    /// <param name="verdicts">One for each family; none for a Service that does not ask for hints.</param>
    public void Tell(Service service, IReadOnlyList<HintVerdict> verdicts)
    {
        var before = told.GetValueOrDefault(ObjectKey.Of(service)) ?? [];
        foreach (var verdict in verdicts)
        {
            // The words of a refusal hold numbers that change with every pod; the refusal is the same.
            if (before.Any(b => b.AddressType == verdict.AddressType && b.Refusal == verdict.Refusal)) continue;
            if (verdict.Given) events.Record(service, EventRecorder.Normal, Enabled, $"{verdict.AddressType} endpoints have zone hints");
            else events.Record(service, EventRecorder.Warning, Disabled, $"{verdict.AddressType} endpoints have no zone hints: {verdict.Detail}");
        }

        foreach (var gone in before.Where(b => b.Given && verdicts.All(v => v.AddressType != b.AddressType)))
            events.Record(service, EventRecorder.Warning, Disabled, $"{gone.AddressType} endpoints have no zone hints by CPU any more: the Service does not ask for them");

        if (verdicts.Count == 0) Forget(ObjectKey.Of(service));
        else told[ObjectKey.Of(service)] = verdicts;
    }

    /// <summary>Forgets a Service that is gone.</summary>
    public void Forget(ObjectKey service) => told.TryRemove(service, out _);
}
