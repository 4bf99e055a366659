namespace MiniK8s.Proxy.Metrics;

/// <summary>What can fail in a proxy that goes on; the values of a label, and therefore few.</summary>
internal enum ProxyError
{
    /// <summary>The kernel, or its tool, refused a sync.</summary>
    Apply,

    /// <summary>The kernel's state could not be read for a check.</summary>
    Check,

    /// <summary>Entries of gone UDP endpoints could not be deleted.</summary>
    Conntrack,

    /// <summary>A health-check node port could not be opened.</summary>
    HealthPort,
}

internal static class ProxyErrors
{
    public static IReadOnlyList<ProxyError> All { get; } = Enum.GetValues<ProxyError>();

    /// <summary>As the label has it.</summary>
    public static string Name(ProxyError error) => error switch
    {
        ProxyError.Apply => "apply",
        ProxyError.Check => "check",
        ProxyError.Conntrack => "conntrack",
        _ => "health_port",
    };
}
