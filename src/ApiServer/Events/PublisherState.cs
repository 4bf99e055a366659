using MiniK8s.Api.Topics;

namespace MiniK8s.ApiServer.Events;

/// <summary>The value of the lease key.</summary>
/// <param name="Holder">Who publishes; empty when nobody does.</param>
/// <param name="Epoch">The number of the term; grows with each new holder.</param>
internal sealed record PublisherLeaseState(string Holder, long Epoch);

/// <summary>The value of the checkpoint key: where the next publisher goes on.</summary>
/// <param name="Revision">Every change up to it is in the topic.</param>
/// <param name="Last">The position of the last change in the topic, <c>REVISION.INDEX</c>.</param>
internal sealed record PublisherCheckpoint(long Revision, string Last)
{
    /// <summary><see cref="Last"/>, or the start where it is not known.</summary>
    internal ChangePosition LastPosition => ChangePosition.Parse(Last) ?? ChangePosition.Start;
}
