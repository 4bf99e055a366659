using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>A kernel setting of the pod's namespaces.</summary>
public sealed record Sysctl
{
    /// <summary>Name of the setting, such as <c>net.core.somaxconn</c>.</summary>
    [Proto(1), Required]
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Its value.</summary>
    [Proto(2), Required]
    public string Value { get; init => field = value ?? ""; } = "";
}
