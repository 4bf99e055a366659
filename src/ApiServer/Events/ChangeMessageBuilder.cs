using System.Globalization;
using System.Text;
using System.Text.Json;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Topics;
using MiniK8s.ApiServer.Cache;
using MiniK8s.ApiServer.Registry;
using MiniK8s.ApiServer.Storage;

namespace MiniK8s.ApiServer.Events;

/// <summary>Makes the messages of one publisher's term. Pure: the same changes give the same messages.</summary>
/// <param name="epoch">The term.</param>
/// <param name="largestValue">Values above this many bytes become references.</param>
internal sealed class ChangeMessageBuilder(long epoch, int largestValue)
{
    private const string MarkerPrefix = "/minik8s/";

    private static readonly string SecretPrefix = RegistryKeys.PrefixOf(Secret.Info);

    /// <summary>The message of a change.</summary>
    /// <param name="change">The change.</param>
    /// <param name="index">Its number among the changes of its revision.</param>
    /// <param name="after">The change published before it; <see cref="ChangePosition.Start"/> where nothing is claimed.</param>
    internal ChangeMessage Change(StoreEvent change, int index, ChangePosition after)
    {
        var position = new ChangePosition(change.Revision, index);
        var headers = Headers(change.Value is null ? ChangeTypes.Delete : ChangeTypes.Put, change.Revision, after);
        headers.Add(new(ChangeTopic.Position, position.ToString()));
        if (Previous(change) is { } previous)
        {
            headers.Add(new(ChangeTopic.PreviousRevision, Text(previous)));
        }

        if (change.Value is not { } stored)
        {
            return new ChangeMessage(change.Key, null, position, headers);
        }

        var whole = Whole(change.Key, stored, change.Revision);
        headers.Add(new(ChangeTopic.ContentType, whole is null ? ChangeTopic.ReferenceContent : ChangeTopic.ObjectContent));
        return new ChangeMessage(change.Key, whole ?? Reference(change.Key, change.Revision), position, headers);
    }

    /// <summary>The publisher lives, and everything up to <paramref name="after"/> is in the topic.</summary>
    internal ChangeMessage Progress(long revision, ChangePosition after) => Marker(ChangeTypes.Progress, revision, after);

    /// <summary>Changes before <paramref name="revision"/> will never be in the topic.</summary>
    internal ChangeMessage Resync(long revision) => Marker(ChangeTypes.Resync, revision, ChangePosition.Start);

    private ChangeMessage Marker(string type, long revision, ChangePosition after) =>
        new(MarkerPrefix + type, Encoding.UTF8.GetBytes($$"""{"revision":"{{Text(revision)}}"}"""), null, Headers(type, revision, after));

    private List<KeyValuePair<string, string>> Headers(string type, long revision, ChangePosition after)
    {
        List<KeyValuePair<string, string>> headers =
        [
            new(ChangeTopic.Type, type),
            new(ChangeTopic.Revision, Text(revision)),
            new(ChangeTopic.Epoch, Text(epoch)),
        ];
        if (after > ChangePosition.Start)
        {
            headers.Add(new(ChangeTopic.After, after.ToString()));
        }

        return headers;
    }

    // Null where the store does not know any more: an update or deletion whose past was compacted away.
    private static long? Previous(StoreEvent change) => change.Previous is { } previous
        ? previous.ModRevision
        : change.Value is not null && change.CreateRevision == change.Revision ? 0 : null;

    // Secrets never travel through Kafka; what is too large, or no object at all, cannot.
    private byte[]? Whole(string key, ReadOnlyMemory<byte> stored, long revision)
    {
        if (key.StartsWith(SecretPrefix, StringComparison.Ordinal) || stored.Length > largestValue)
        {
            return null;
        }

        try
        {
            var whole = VersionedJson.Of(stored.Span, revision).Bytes;
            return whole.Length <= largestValue ? whole.ToArray() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[] Reference(string key, long revision)
    {
        var parts = key.Split('/');
        var reference = new ObjectReferenceMetadata(parts.Length > 5 ? parts[4] : null, parts[^1], Text(revision));
        return JsonSerializer.SerializeToUtf8Bytes(new PartialObjectMetadata(reference), ReferenceJson.Default.PartialObjectMetadata);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
