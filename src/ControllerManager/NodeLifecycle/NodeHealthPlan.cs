using MiniK8s.Api.Core.V1;

namespace MiniK8s.ControllerManager.NodeLifecycle;

/// <summary>What follows from the health of a node.</summary>
internal sealed record NodeHealthPlan
{
    /// <summary>The conditions to write; null when they are right.</summary>
    public IReadOnlyList<NodeCondition>? Conditions { get; init; }

    /// <summary>The taints to write; null when they are right.</summary>
    public IReadOnlyList<Taint>? Taints { get; init; }

    /// <summary>Nobody on the node says any more whether its pods are ready: they count as not ready.</summary>
    public bool MarkPodsNotReady { get; init; }

    /// <summary>When the node would fall silent if nothing more is heard; null where it is silent already.</summary>
    public TimeSpan? LookAgain { get; init; }
}
