namespace MiniK8s.Client.Feeds.Kafka;

/// <summary>A reader of the topic cannot go on from what it holds; it lists anew.</summary>
internal sealed class TopicBrokenException(string reason) : Exception(reason);
