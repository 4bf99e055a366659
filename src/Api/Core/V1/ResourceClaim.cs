using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>A device claim of the pod that a container uses.</summary>
public sealed record ResourceClaim
{
    /// <summary>Name of the entry in the pod's claims.</summary>
    [Proto(1), Required]
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>One request of the claim; all of it unless given.</summary>
    [Proto(2)]
    public string? Request { get; init; }
}
