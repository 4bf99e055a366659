namespace MiniK8s.Client.Feeds.Kafka;

/// <summary>A message as it came from the broker.</summary>
/// <param name="Key">The key; null for none.</param>
/// <param name="Value">The value; null for none, which is not the same as an empty one.</param>
/// <param name="Offset">Its number in the partition.</param>
/// <param name="Time">When it was sent or stored, by the other side's clock; null where it is not said.</param>
/// <param name="Headers">Headers; of several with one name the last.</param>
internal sealed record TopicRecord(byte[]? Key, byte[]? Value, long Offset, DateTimeOffset? Time, IReadOnlyDictionary<string, byte[]> Headers);
