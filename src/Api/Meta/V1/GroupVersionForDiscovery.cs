using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Meta.V1;

/// <summary>A version of a group, in the two forms that clients need.</summary>
public sealed record GroupVersionForDiscovery
{
    /// <summary>Both parts, such as <c>apps/v1</c>.</summary>
    [Proto(1), Required]
    public string GroupVersion { get; init => field = value ?? ""; } = "";

    /// <summary>The version alone, such as <c>v1</c>.</summary>
    [Proto(2), Required]
    public string Version { get; init => field = value ?? ""; } = "";
}
