using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>An option of /etc/resolv.conf, such as <c>ndots:5</c>.</summary>
public sealed record PodDNSConfigOption
{
    /// <summary>Name of the option.</summary>
    [Proto(1)]
    public string? Name { get; init; }

    /// <summary>Its value; none for a plain switch.</summary>
    [Proto(2), ZeroCounts]
    public string? Value { get; init; }
}
