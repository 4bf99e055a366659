using System.Globalization;
using System.Text.Json;
using MiniK8s.Api;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Serialization;
using MiniK8s.Api.Topics;

namespace MiniK8s.Client.Feeds.Kafka;

/// <summary>
/// What one reader of the topic holds since its list, as versions: enough to drop what is repeated or late, and to notice what is
/// missing. Pure. Rules:
/// <list type="number">
/// <item>What is not newer than the list, or than what is held of its key, is dropped.</item>
/// <item>A change whose key's previous revision is not the one held means that a message is missing: list anew.</item>
/// <item>A value that does not parse, or is another object than its key and revision say, is not used; the object is fetched.</item>
/// </list>
/// </summary>
internal sealed class TopicState<T>(FeedScope scope) where T : class, IResource<T>
{
    /// <summary>So many versions of objects that are gone or out of scope are remembered; then those before the newest changes are forgotten.</summary>
    internal const int MostAbsent = 20_000;

    private const long Reach = 10_000;

    private readonly ScopeFilter<T> _filter = new(scope);
    private readonly Dictionary<ObjectKey, Held> _held = [];
    private long _floor;
    private int _absent;

    /// <summary>How many versions of objects that are gone or out of scope are held.</summary>
    internal int Absent => _absent;

    /// <summary>Forgets everything; objects of the new list follow.</summary>
    internal void BeginList()
    {
        _held.Clear();
        (_floor, _absent) = (0, 0);
    }

    /// <summary>An object of the list.</summary>
    internal void Listed(T value) => _held[ObjectKey.Of(value)] = new Held(Version(value), IsPresent: true);

    /// <summary>The list is complete as of this revision.</summary>
    internal void EndList(long revision) => _floor = revision;

    /// <summary>What to do about a change.</summary>
    internal TopicStep<T> Take(TopicMessage.Change change)
    {
        if (ChangeTopic.ParseKey(T.Info, change.Key) is not { } key || !_filter.HasNamespace(key.Namespace))
        {
            return TopicStep<T>.Ignore;
        }

        var isHeld = _held.TryGetValue(key, out var held);
        if (change.Revision <= _floor || (isHeld && change.Revision <= held.Version))
        {
            return TopicStep<T>.Ignore;
        }

        if (change.Previous is { } previous && IsGap(previous, isHeld ? held : null))
        {
            return new TopicStep<T>.Relist($"the change {previous} of {key} is missing before {change.Revision}");
        }

        return change.Body switch
        {
            ChangeBody.Gone => Leave(key, change.Revision, change.Time),
            ChangeBody.Whole(var json) when Parse(json, key, change.Revision) is { } value => Present(key, value, change.Revision, change.Time),
            _ => new TopicStep<T>.Fetch(key),
        };
    }

    /// <summary>
    /// What to do about an object that was fetched; null when it is gone. What the message said of its revision no longer counts:
    /// it may have been a lie.
    /// </summary>
    internal TopicStep<T> Fetched(ObjectKey key, T? value, DateTimeOffset time = default)
    {
        var held = _held.GetValueOrDefault(key).Version;
        if (value is null)
        {
            return Leave(key, Math.Max(held, _floor), time);
        }

        return Version(value) > held ? Present(key, value, Version(value), time) : TopicStep<T>.Ignore;
    }

    // Of a key that is not held the list says that nothing newer than the list was there, and nothing at all in an open scope.
    private bool IsGap(long previous, Held? held) => held switch
    {
        { IsPresent: true, Version: var version } => previous != version,
        { Version: var version } => previous != 0 && previous != version,
        null => previous > _floor,
    };

    private TopicStep<T> Present(ObjectKey key, T value, long version, DateTimeOffset time)
    {
        if (!_filter.Matches(value))
        {
            return Leave(key, version, time);
        }

        Hold(key, new Held(version, IsPresent: true));
        return new TopicStep<T>.Tell(new FeedEvent<T>.Apply(value) { Time = time });
    }

    private TopicStep<T> Leave(ObjectKey key, long version, DateTimeOffset time)
    {
        var was = _held.TryGetValue(key, out var held) && held.IsPresent;
        Hold(key, new Held(version, IsPresent: false));
        Prune(version);
        return was ? new TopicStep<T>.Tell(new FeedEvent<T>.Delete(key.Namespace, key.Name) { Time = time }) : TopicStep<T>.Ignore;
    }

    private void Hold(ObjectKey key, Held now)
    {
        var wasAbsent = _held.TryGetValue(key, out var held) && !held.IsPresent;
        _absent += (now.IsPresent ? 0 : 1) - (wasAbsent ? 1 : 0);
        _held[key] = now;
    }

    // What is forgotten may still be repeated by a late message; the floor rises with it, so that such a message is dropped.
    private void Prune(long newest)
    {
        if (_absent <= MostAbsent)
        {
            return;
        }

        _floor = Math.Max(_floor, newest - Reach);
        foreach (var (key, held) in _held)
        {
            if (!held.IsPresent && held.Version <= _floor && _held.Remove(key))
            {
                _absent--;
            }
        }
    }

    private static T? Parse(ReadOnlyMemory<byte> json, ObjectKey key, long revision)
    {
        try
        {
            var value = ApiSerializer.Read<T>(json.Span);
            return value.Kind == T.Info.Kind && value.ApiVersion == T.Info.GroupVersion && ObjectKey.Of(value) == key && Version(value) == revision
                ? value
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static long Version(T value) =>
        long.TryParse(value.Metadata.ResourceVersion, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;

    private readonly record struct Held(long Version, bool IsPresent);
}
