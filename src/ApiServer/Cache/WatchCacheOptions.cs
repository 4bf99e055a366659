namespace MiniK8s.ApiServer.Cache;

/// <summary>The bounds of a <see cref="WatchCache"/>.</summary>
internal sealed record WatchCacheOptions
{
    /// <summary>How many recent changes a watch may go back; older ones answer 410. Default 16,384.</summary>
    public int History { get; init; } = 16_384;

    /// <summary>How many changes may wait for one watch before it is closed. Default 4,096.</summary>
    public int Buffer { get; init; } = 4_096;

    /// <summary>How long a consistent read waits for the cache before it goes to the store instead. Default 3 seconds.</summary>
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromSeconds(3);
}
