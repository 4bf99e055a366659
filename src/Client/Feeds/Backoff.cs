namespace MiniK8s.Client.Feeds;

/// <summary>
/// Growing pauses between attempts, with jitter so that many clients of one server do not come back at the same moment. A long
/// enough healthy time begins anew.
/// </summary>
/// <param name="options">Lengths.</param>
/// <param name="random">The jitter; null for the shared one.</param>
internal sealed class Backoff(BackoffOptions options, Random? random = null)
{
    private readonly Random _random = random ?? Random.Shared;
    private int _failures;

    /// <summary>The pause after one more failure: doubled each time up to the longest, then between half of that and the whole.</summary>
    internal TimeSpan Next()
    {
        var full = Math.Min(options.Longest.TotalMilliseconds, options.First.TotalMilliseconds * Math.Pow(2, _failures));
        _failures = Math.Min(_failures + 1, 30);
        return TimeSpan.FromMilliseconds(full * (0.5 + (_random.NextDouble() / 2)));
    }

    /// <summary>To be told how long the attempt worked before it ended.</summary>
    internal void Worked(TimeSpan time)
    {
        if (time >= options.HealthyAfter)
        {
            _failures = 0;
        }
    }
}

/// <summary>Lengths of a <see cref="Backoff"/>.</summary>
public sealed record BackoffOptions
{
    /// <summary>The first pause.</summary>
    public TimeSpan First { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest pause.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an attempt must work before the next failure counts as the first.</summary>
    public TimeSpan HealthyAfter { get; init; } = TimeSpan.FromSeconds(5);
}
