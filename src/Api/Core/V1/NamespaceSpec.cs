using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Who must act before a namespace can go.</summary>
public sealed record NamespaceSpec
{
    /// <summary>Names of those who must clear out the contents; normally <c>kubernetes</c>. Written through subresource finalize.</summary>
    [Proto(1), Atomic]
    public IReadOnlyList<string> Finalizers { get; init => field = value ?? []; } = [];
}
