using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>A header of a request.</summary>
public sealed record HTTPHeader
{
    /// <summary>Name of the header.</summary>
    [Proto(1), Required]
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Its value.</summary>
    [Proto(2), Required]
    public string Value { get; init => field = value ?? ""; } = "";
}
