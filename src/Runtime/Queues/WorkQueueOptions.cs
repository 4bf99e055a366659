namespace MiniK8s.Runtime.Queues;

/// <summary>Pauses of a <see cref="WorkQueue{T}"/> (client-go's DefaultControllerRateLimiter, per item).</summary>
public sealed record WorkQueueOptions
{
    /// <summary>The pause after an item's first failure; each further one doubles it.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>The longest pause.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromSeconds(1000);

    /// <summary>How far a pause may be shortened at random, as a part of it, so that items that failed together part ways.</summary>
    public double Jitter { get; init; } = 0.2;

    /// <summary>The pause after <paramref name="failures"/> failures before this one.</summary>
    /// <param name="failures">0 for the first failure.</param>
    /// <param name="random">In [0, 1).</param>
    public TimeSpan Delay(int failures, double random)
    {
        var full = Math.Min(LongestDelay.TotalMilliseconds, FirstDelay.TotalMilliseconds * Math.Pow(2, failures));
        return TimeSpan.FromMilliseconds(full * (1 - (Jitter * random)));
    }
}
