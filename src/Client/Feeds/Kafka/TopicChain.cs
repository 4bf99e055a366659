using MiniK8s.Api.Topics;

namespace MiniK8s.Client.Feeds.Kafka;

/// <summary>
/// Notices what is missing from the topic: every message says which change was published before it. Repetitions are no gap.
/// A burst of messages that make no sense counts as one: what they should have been is not known.
/// </summary>
internal sealed class TopicChain
{
    /// <summary>This many unreadable messages in a row are a burst.</summary>
    internal const int Burst = 20;

    private ChangePosition? _seen;
    private int _unreadable;

    /// <summary>How many messages made no sense so far.</summary>
    internal long Unreadable { get; private set; }

    /// <summary>Begins anew: whatever comes next is taken as it is.</summary>
    internal void Reset() => _seen = null;

    /// <summary>Takes note of a message.</summary>
    /// <param name="message">The message; null for one that makes no sense.</param>
    /// <returns>Why everything must be listed anew; null when nothing is missing.</returns>
    internal string? Take(TopicMessage? message)
    {
        if (message is null)
        {
            Unreadable++;
            return ++_unreadable % Burst == 0 ? $"{Burst} messages in a row make no sense" : null;
        }

        _unreadable = 0;
        var before = _seen;
        _seen = Later(before, message);
        if (before is not { } seen)
        {
            return null;
        }

        if (message is TopicMessage.Resync)
        {
            return $"the publisher lost changes before revision {message.Revision}";
        }

        if (message.After is not { } after)
        {
            return null;
        }

        if (after > seen)
        {
            return $"the changes after {seen} up to {after} are missing";
        }

        return message is TopicMessage.Progress && after < seen ? Forget(after, $"the topic went back from {seen} to {after}") : null;
    }

    private static ChangePosition? Later(ChangePosition? seen, TopicMessage message)
    {
        var here = message is TopicMessage.Change change ? change.Position : message.After ?? ChangePosition.Start;
        return seen is { } held && held > here ? held : here;
    }

    // The publisher has sent all there is, and it is less than was seen: the store was put back, or somebody else wrote here.
    private string Forget(ChangePosition now, string reason)
    {
        _seen = now;
        return reason;
    }
}
