namespace MiniK8s.ControllerManager.Scheduling;

/// <summary>Where a pod goes.</summary>
internal abstract record SchedulingPlan
{
    /// <summary>To this node.</summary>
    internal sealed record Bind(string NodeName) : SchedulingPlan;

    /// <summary>Nowhere for now.</summary>
    /// <param name="Message">How many nodes there are, and what speaks against how many of them.</param>
    internal sealed record Unschedulable(string Message) : SchedulingPlan;
}
