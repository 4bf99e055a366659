using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace MiniK8s.Api.Networking;

/// <summary>The ports that Services may have on every node, both ends included.</summary>
public sealed record PortRange
{
    private const int StaticLeast = 16;
    private const int StaticMost = 128;
    private const int StaticShare = 32;

    /// <summary>A range of ports.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A port is not in 1-65535, or the first is above the last.</exception>
    public PortRange(int first, int last)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(first, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(last, 65535);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, last);
        First = first;
        Last = last;
    }

    /// <summary>Kubernetes' own default, 30000-32767.</summary>
    public static PortRange Default { get; } = new(30000, 32767);

    /// <summary>The lowest port.</summary>
    public int First { get; }

    /// <summary>The highest port.</summary>
    public int Last { get; }

    /// <summary>How many ports there are.</summary>
    public int Count => Last - First + 1;

    /// <summary>
    /// How many of the first ports are left to users who name one; automatic choice takes them last
    /// (KEP-3668: min(max(16, size/32), 128), and 0 for ranges of 16 and fewer).
    /// </summary>
    public int StaticCount => Count <= StaticLeast ? 0 : Math.Clamp(Count / StaticShare, StaticLeast, StaticMost);

    /// <summary>Reads <c>30000-32767</c>.</summary>
    /// <exception cref="FormatException">The text is no such range.</exception>
    public static PortRange Parse(string text) =>
        TryParse(text, out var range) ? range : throw new FormatException($"\"{text}\" is no port range such as 30000-32767");

    /// <summary>Reads <c>30000-32767</c>.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out PortRange? range)
    {
        range = null;
        if (text?.Split('-') is not [var low, var high]) return false;
        if (!int.TryParse(low, NumberStyles.None, CultureInfo.InvariantCulture, out var first)) return false;
        if (!int.TryParse(high, NumberStyles.None, CultureInfo.InvariantCulture, out var last)) return false;
        if (first < 1 || last > 65535 || first > last) return false;
        range = new PortRange(first, last);
        return true;
    }

    /// <summary>Whether the port is in the range.</summary>
    public bool Contains(int port) => port >= First && port <= Last;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{First}-{Last}");
}
