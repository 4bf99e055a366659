namespace MiniK8s.Proxy.Metrics;

/// <summary>Bounds of histograms, in seconds.</summary>
internal static class Buckets
{
    /// <summary>From ten microseconds to ten seconds, three a decade: fine enough for a change that is one message to the kernel.</summary>
    public static double[] Fine { get; } =
        [0.00001, 0.00002, 0.00005, 0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];

    /// <summary>kube-proxy's for syncs: powers of two from a millisecond.</summary>
    public static double[] Syncs { get; } = [.. Enumerable.Range(0, 15).Select(power => 0.001 * (1 << power))];

    /// <summary>kube-proxy's for the latency of network programming: seconds to five minutes.</summary>
    public static double[] Programming { get; } =
    [
        0.25, 0.5,
        .. Enumerable.Range(1, 59).Select(second => (double)second),
        .. Enumerable.Range(0, 12).Select(step => 60.0 + (5 * step)),
        .. Enumerable.Range(0, 7).Select(step => 120.0 + (30 * step)),
    ];
}
