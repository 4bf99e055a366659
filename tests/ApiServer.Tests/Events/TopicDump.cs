using System.Text.Json;
using MiniK8s.TestKit.Processes;

namespace MiniK8s.ApiServer.Tests.Events;

/// <summary>What a client that is not ours (kcat) finds in a topic.</summary>
internal static class TopicDump
{
    /// <summary>All messages there are now, oldest first; none while the topic is not there.</summary>
    internal static async Task<IReadOnlyList<Entry>> ReadAsync(string servers, string topic)
    {
        var read = await Command.TryAsync(
            ["kcat", "-b", servers, "-C", "-t", topic, "-p", "0", "-o", "beginning", "-e", "-q", "-J"], timeout: TimeSpan.FromSeconds(20));
        return read.Succeeded ? [.. read.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse)] : [];
    }

    private static Entry Parse(string line)
    {
        using var json = JsonDocument.Parse(line);
        var root = json.RootElement;
        var flat = root.TryGetProperty("headers", out var list) ? list.EnumerateArray().Select(text => text.GetString() ?? "").ToList() : [];
        var headers = new Dictionary<string, string>();
        for (var i = 0; i + 1 < flat.Count; i += 2)
        {
            headers[flat[i]] = flat[i + 1];
        }

        return new Entry(root.GetProperty("key").GetString() ?? "", root.GetProperty("payload").GetString(), headers);
    }

    /// <summary>One message.</summary>
    internal sealed record Entry(string Key, string? Value, IReadOnlyDictionary<string, string> Headers)
    {
        internal string Type => Headers["type"];

        internal bool IsChange => Type is "put" or "delete";

        internal long Revision => long.Parse(Headers["revision"], System.Globalization.CultureInfo.InvariantCulture);
    }
}
