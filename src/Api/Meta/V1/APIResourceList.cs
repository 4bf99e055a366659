using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Meta.V1;

/// <summary>Discovery: resources of one group version.</summary>
public sealed record APIResourceList
{
    /// <summary>Always <c>v1</c>.</summary>
    public string? ApiVersion { get; init; } = "v1";

    /// <summary>The group version, such as <c>discovery.k8s.io/v1</c>.</summary>
    [Proto(1), Required]
    public string GroupVersion { get; init => field = value ?? ""; } = "";

    /// <summary>Always <c>APIResourceList</c>.</summary>
    public string? Kind { get; init; } = "APIResourceList";

    /// <summary>Resources and subresources.</summary>
    [Proto(2), Required, Atomic]
    public IReadOnlyList<APIResource> Resources { get; init => field = value ?? []; } = [];
}
