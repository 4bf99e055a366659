using MiniK8s.Api.Core.V1;

namespace MiniK8s.ControllerManager.AddressAllocation;

/// <summary>What a Service is to get.</summary>
internal abstract record AllocationPlan
{
    /// <summary>The Service has all that its type calls for.</summary>
    internal sealed record Nothing : AllocationPlan;

    /// <summary>The Service is to be written with what was chosen.</summary>
    /// <param name="Service">The Service with it, under the version that was looked at.</param>
    /// <param name="Chosen">What the Service did not have before.</param>
    internal sealed record Assign(Service Service, IReadOnlyList<Claim> Chosen) : AllocationPlan
    {
        /// <inheritdoc/>
        public override string ToString() => string.Join(", ", Chosen);
    }

    /// <summary>There is nothing left to choose; nothing is assigned, not even the parts that could be.</summary>
    /// <param name="Message">What is missing, for the user.</param>
    internal sealed record Exhausted(string Message) : AllocationPlan;
}
