using MiniK8s.Api.Declarations;
using MiniK8s.Api.Values;

namespace MiniK8s.Api.Core.V1;

/// <summary>A request or limit of a container.</summary>
public sealed record ResourceFieldSelector
{
    /// <summary>Container that is meant; required in volumes, its own container unless given in variables.</summary>
    [Proto(1)]
    public string? ContainerName { get; init; }

    /// <summary>Unit of the output, such as <c>1Mi</c>; 1 unless given.</summary>
    [Proto(3)]
    public Quantity? Divisor { get; init; }

    /// <summary>Which one, such as <c>limits.memory</c> or <c>requests.cpu</c>.</summary>
    [Proto(2), Required]
    public string Resource { get; init => field = value ?? ""; } = "";
}
