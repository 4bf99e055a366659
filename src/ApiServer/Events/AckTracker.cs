using MiniK8s.Api.Topics;

namespace MiniK8s.ApiServer.Events;

/// <summary>
/// Knows up to where everything that was sent has been acknowledged, in whatever order the acknowledgements come. Safe for
/// concurrent use.
/// </summary>
internal sealed class AckTracker(PublisherCheckpoint start)
{
    private readonly Lock _gate = new();
    private readonly Queue<Sending> _waiting = new();
    private long _reached = start.Revision;
    private ChangePosition _acked = start.LastPosition;

    /// <summary>The revision up to which every change is acknowledged, and the last change acknowledged without a gap before it.</summary>
    internal PublisherCheckpoint Checkpoint
    {
        get
        {
            lock (_gate)
            {
                // Of a revision that is acknowledged only in part nothing counts: it is sent again as a whole.
                var revision = _waiting.TryPeek(out var first) ? first.Position.Revision - 1 : _reached;
                return new PublisherCheckpoint(revision, _acked.ToString());
            }
        }
    }

    /// <summary>A change is about to be sent; positions only grow.</summary>
    internal Sending Sent(ChangePosition position)
    {
        var sending = new Sending(position);
        lock (_gate)
        {
            _waiting.Enqueue(sending);
        }

        return sending;
    }

    /// <summary>All changes up to this revision have been sent (there may be none).</summary>
    internal void Reached(long revision)
    {
        lock (_gate)
        {
            _reached = Math.Max(_reached, revision);
        }
    }

    /// <summary>A change has been acknowledged.</summary>
    internal void Acknowledged(Sending sending)
    {
        lock (_gate)
        {
            sending.IsDone = true;
            while (_waiting.TryPeek(out var first) && first.IsDone)
            {
                _acked = _waiting.Dequeue().Position;
            }
        }
    }

    /// <summary>One change on its way.</summary>
    internal sealed class Sending(ChangePosition position)
    {
        internal ChangePosition Position => position;

        internal bool IsDone { get; set; }
    }
}
