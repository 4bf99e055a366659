namespace MiniK8s.Benchmarks.Measuring;

/// <summary>Measured values of one thing.</summary>
internal sealed class Samples
{
    private readonly List<double> values = [];

    /// <summary>How many there are.</summary>
    public int Count => values.Count;

    /// <summary>The middle one.</summary>
    public double Median => Percentile(50);

    /// <summary>Adds one.</summary>
    public void Add(double value) => values.Add(value);

    /// <summary>Adds those of another.</summary>
    public void Add(Samples others) => values.AddRange(others.values);

    /// <summary>The smallest value that at least this part of all does not exceed.</summary>
    /// <param name="percent">Between 0 and 100.</param>
    public double Percentile(double percent)
    {
        if (values.Count == 0) throw new InvalidOperationException("nothing was measured");
        double[] sorted = [.. values.Order()];
        return sorted[Math.Clamp((int)Math.Ceiling(percent / 100 * sorted.Length) - 1, 0, sorted.Length - 1)];
    }
}
