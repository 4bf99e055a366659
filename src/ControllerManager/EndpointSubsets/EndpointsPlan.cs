using MiniK8s.Api.Core.V1;

namespace MiniK8s.ControllerManager.EndpointSubsets;

/// <summary>What is to be done with the Endpoints of a Service.</summary>
internal abstract record EndpointsPlan
{
    /// <summary>They are as they should be.</summary>
    internal sealed record Nothing : EndpointsPlan;

    /// <summary>There are none yet.</summary>
    internal sealed record Create(Endpoints Value) : EndpointsPlan;

    /// <summary>They changed.</summary>
    internal sealed record Update(Endpoints Value) : EndpointsPlan;
}
