using System.Globalization;
using System.Text;
using MiniK8s.Api.Topics;

namespace MiniK8s.Client.Feeds.Kafka;

/// <summary>Reads key and headers of a message. Pure; whoever can write to the topic decides what comes here.</summary>
internal static class TopicMessageParser
{
    private const int LongestKey = 1024;

    /// <summary>The message, or null when it is none of the topic's contract.</summary>
    internal static TopicMessage? Parse(TopicRecord message)
    {
        var headers = Headers(message.Headers);
        if (Number(headers, ChangeTopic.Revision) is not { } revision)
        {
            return null;
        }

        var after = ChangePosition.Parse(headers.GetValueOrDefault(ChangeTopic.After));
        return headers.GetValueOrDefault(ChangeTopic.Type) switch
        {
            ChangeTypes.Progress => new TopicMessage.Progress(revision, after),
            ChangeTypes.Resync => new TopicMessage.Resync(revision),
            ChangeTypes.Put when message.Value is { } value => Change(message, headers, revision, after, Body(headers, value)),
            ChangeTypes.Delete when message.Value is null => Change(message, headers, revision, after, new ChangeBody.Gone()),
            _ => null,
        };
    }

    private static TopicMessage.Change? Change(
        TopicRecord message, Dictionary<string, string> headers, long revision, ChangePosition? after, ChangeBody body) =>
        message.Key is { Length: > 0 and <= LongestKey } key
        && ChangePosition.Parse(headers.GetValueOrDefault(ChangeTopic.Position)) is { } position
        && position.Revision == revision
            ? new TopicMessage.Change(revision, after, Encoding.UTF8.GetString(key), position, Number(headers, ChangeTopic.PreviousRevision), body) { Time = message.Time ?? default }
            : null;

    private static ChangeBody Body(Dictionary<string, string> headers, byte[] value) =>
        headers.GetValueOrDefault(ChangeTopic.ContentType) == ChangeTopic.ObjectContent ? new ChangeBody.Whole(value) : new ChangeBody.Elsewhere();

    private static Dictionary<string, string> Headers(IReadOnlyDictionary<string, byte[]> headers) =>
        headers.ToDictionary(header => header.Key, header => Encoding.ASCII.GetString(header.Value), StringComparer.Ordinal);

    private static long? Number(Dictionary<string, string> headers, string name) =>
        long.TryParse(headers.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
