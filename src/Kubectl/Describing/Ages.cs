namespace MiniK8s.Kubectl.Describing;

/// <summary>How long ago something was.</summary>
internal static class Ages
{
    /// <summary>Such as <c>5s</c>, <c>3m</c>, <c>7h</c> or <c>12d</c>.</summary>
    public static string Of(DateTimeOffset? since, DateTimeOffset now)
    {
        if (since is not { } start) return "<unknown>";
        var time = now - start;
        if (time < TimeSpan.Zero) time = TimeSpan.Zero;
        return time.TotalSeconds < 120 ? $"{(int)time.TotalSeconds}s"
            : time.TotalMinutes < 180 ? $"{(int)time.TotalMinutes}m"
            : time.TotalHours < 48 ? $"{(int)time.TotalHours}h"
            : $"{(int)time.TotalDays}d";
    }
}
