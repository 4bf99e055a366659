namespace MiniK8s.Api.Values;

/// <summary>Durations as Kubernetes prints them in tables (apimachinery's duration.HumanDuration).</summary>
public static class Age
{
    /// <summary>The time since <paramref name="since"/>, or <c>&lt;unknown&gt;</c>.</summary>
    public static string Of(DateTimeOffset? since, DateTimeOffset now) => since is { } start ? Human(now - start) : "<unknown>";

    /// <summary>Two units at most, the finer one only while it matters: <c>90s</c>, <c>5m30s</c>, <c>3h12m</c>, <c>2d5h</c>, <c>400d</c>, <c>3y</c>.</summary>
    public static string Human(TimeSpan time)
    {
        if (time < TimeSpan.FromSeconds(-1)) return "<invalid>";
        if (time < TimeSpan.Zero) return "0s";
        var seconds = (long)time.TotalSeconds;
        var minutes = seconds / 60;
        var hours = minutes / 60;
        var days = hours / 24;
        if (seconds < 120) return $"{seconds}s";
        if (minutes < 10) return Pair(minutes, "m", seconds % 60, "s");
        if (minutes < 180) return $"{minutes}m";
        if (hours < 8) return Pair(hours, "h", minutes % 60, "m");
        if (hours < 48) return $"{hours}h";
        if (hours < 192) return Pair(days, "d", hours % 24, "h");
        if (days < 730) return $"{days}d";
        return days < 8 * 365 ? Pair(days / 365, "y", days % 365, "d") : $"{days / 365}y";
    }

    private static string Pair(long big, string bigUnit, long small, string smallUnit) =>
        small == 0 ? $"{big}{bigUnit}" : $"{big}{bigUnit}{small}{smallUnit}";
}
