using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Meta.V1;

/// <summary>The object that another one belongs to, in the same namespace or in none.</summary>
public sealed record OwnerReference
{
    /// <summary>API version of the owner, such as <c>apps/v1</c>.</summary>
    [Proto(5), Required]
    public string ApiVersion { get; init => field = value ?? ""; } = "";

    /// <summary>Whether a foreground delete of the owner waits for this object; false unless given.</summary>
    [Proto(7), ZeroCounts]
    public bool? BlockOwnerDeletion { get; init; }

    /// <summary>Whether the owner is the one that manages this object.</summary>
    [Proto(6), ZeroCounts]
    public bool? Controller { get; init; }

    /// <summary>Kind of the owner.</summary>
    [Proto(1), Required]
    public string Kind { get; init => field = value ?? ""; } = "";

    /// <summary>Name of the owner.</summary>
    [Proto(3), Required]
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Id of the owner; a namesake with another id is not the owner.</summary>
    [Proto(4), Required]
    public string Uid { get; init => field = value ?? ""; } = "";
}
