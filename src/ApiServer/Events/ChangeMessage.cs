using MiniK8s.Api.Topics;

namespace MiniK8s.ApiServer.Events;

/// <summary>One message of the topic, ready to be sent.</summary>
/// <param name="Key">The object's key in the store.</param>
/// <param name="Value">The value; null for a deletion.</param>
/// <param name="Position">Where it stands in the order of changes; null for messages that are no change.</param>
/// <param name="Headers">Names and values, ASCII.</param>
internal sealed record ChangeMessage(string Key, byte[]? Value, ChangePosition? Position, IReadOnlyList<KeyValuePair<string, string>> Headers);
