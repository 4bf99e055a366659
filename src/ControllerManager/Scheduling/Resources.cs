using MiniK8s.Api.Values;

namespace MiniK8s.ControllerManager.Scheduling;

/// <summary>Amounts of resources by name: CPU in thousandths, everything else in whole units.</summary>
internal sealed class Resources
{
    public const string Cpu = "cpu";
    public const string Memory = "memory";
    public const string Pods = "pods";

    private readonly Dictionary<string, long> amounts = [];

    /// <summary>Reads the amounts of an object; fractions count as a whole.</summary>
    public static Resources Of(IReadOnlyDictionary<string, Quantity> quantities)
    {
        var resources = new Resources();
        foreach (var (name, quantity) in quantities) resources[name] = Amount(name, quantity);
        return resources;
    }

    /// <summary>The amount of one resource; 0 for one that is not named.</summary>
    public long this[string name]
    {
        get => amounts.GetValueOrDefault(name);
        set => amounts[name] = value;
    }

    /// <summary>The names.</summary>
    public IEnumerable<string> Names => amounts.Keys;

    /// <summary>Adds the other amounts, or takes them away with <paramref name="sign"/> -1.</summary>
    public void Add(Resources other, int sign = 1)
    {
        foreach (var (name, amount) in other.amounts) this[name] += sign * amount;
    }

    /// <summary>Raises each amount to the other one where that is larger.</summary>
    public void RaiseTo(Resources other)
    {
        foreach (var (name, amount) in other.amounts) this[name] = Math.Max(this[name], amount);
    }

    /// <summary>A copy.</summary>
    public Resources Copy()
    {
        var copy = new Resources();
        copy.Add(this);
        return copy;
    }

    private static long Amount(string name, Quantity quantity) => name == Cpu ? quantity.Milli : quantity.Units;
}
