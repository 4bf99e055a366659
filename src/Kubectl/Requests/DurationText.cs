using System.Globalization;
using System.Text.RegularExpressions;

namespace MiniK8s.Kubectl.Requests;

/// <summary>Durations as options take them, such as <c>30s</c> or <c>1m30s</c>.</summary>
internal static partial class DurationText
{
    /// <summary>The duration; zero for <c>0</c>.</summary>
    /// <exception cref="CommandException">The text is none.</exception>
    public static TimeSpan Parse(string option, string text)
    {
        if (text == "0") return TimeSpan.Zero;
        var match = Form().Match(text);
        if (!match.Success) throw new CommandException($"invalid {option} value \"{text}\": give a duration such as 30s, 5m or 1h");
        return TimeSpan.FromHours(Number(match, "h")) + TimeSpan.FromMinutes(Number(match, "m")) + TimeSpan.FromSeconds(Number(match, "s"));
    }

    private static double Number(Match match, string unit) => match.Groups[unit] is { Success: true } group ? double.Parse(group.ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^(?=\d)((?<h>\d{1,6})h)?((?<m>\d{1,6})m)?((?<s>\d{1,6}(\.\d{1,3})?)s)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
