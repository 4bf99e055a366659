using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>A field of the pod itself.</summary>
public sealed record ObjectFieldSelector
{
    /// <summary>Version in which FieldPath is read; <c>v1</c> unless given.</summary>
    [Proto(1)]
    public string? ApiVersion { get; init; }

    /// <summary>Path of the field, such as <c>metadata.labels['app']</c>.</summary>
    [Proto(2), Required]
    public string FieldPath { get; init => field = value ?? ""; } = "";
}
