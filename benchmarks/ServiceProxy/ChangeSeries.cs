using MiniK8s.Benchmarks.Measuring;

namespace MiniK8s.Benchmarks.ServiceProxy;

/// <summary>What was measured of changes of one kind that came at one pace, in microseconds unless said.</summary>
internal sealed class ChangeSeries
{
    /// <summary>The proxy's code and the kernel.</summary>
    public Samples Ours { get; } = new();

    /// <summary>The kernel alone, with the same bytes.</summary>
    public Samples Bare { get; } = new();

    /// <summary>The part that makes an object of an event's bytes.</summary>
    public Samples Decoding { get; } = new();

    /// <summary>The part that makes a model of it.</summary>
    public Samples Tracking { get; } = new();

    /// <summary>Bytes of garbage.</summary>
    public Samples Garbage { get; } = new();

    /// <summary>The one divided by the other, change by change.</summary>
    public Samples Ratio { get; } = new();

    /// <summary>Adds what one change cost here and there.</summary>
    public void Add(ChangeCost cost, TimeSpan floor)
    {
        Ours.Add(cost.Whole.TotalMicroseconds);
        Bare.Add(floor.TotalMicroseconds);
        Ratio.Add(cost.Whole / floor);
        Decoding.Add(cost.Decoding.TotalMicroseconds);
        Tracking.Add(cost.Tracking.TotalMicroseconds);
        Garbage.Add(cost.Allocated);
    }
}
