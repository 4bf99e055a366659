using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Operating system that a pod is made for.</summary>
public sealed record PodOS
{
    /// <summary><c>linux</c> or <c>windows</c>.</summary>
    [Proto(1), Required]
    public string Name { get; init => field = value ?? ""; } = "";
}
