using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Confluent.Kafka;

namespace MiniK8s.Client.Feeds.Kafka;

/// <summary>
/// Takes the next message from a consumer, past Confluent.Kafka's own <c>Consume</c>: that asks librdkafka for each message's
/// leader epoch, which librdkafka has only since 2.1, while Debian 12 and Ubuntu 22.04 carry 2.0 and older. The functions used
/// here are in every librdkafka since 1.0, and their structures are part of its stable interface (rdkafka.h).
/// </summary>
internal static unsafe partial class TopicPoll
{
    private const string Library = "librdkafka";

    /// <summary>Waits for a message; null when none comes in time. Error and log handlers of the consumer are called from here.</summary>
    /// <exception cref="KafkaException">The consumer cannot go on: the topic is gone, or the offset.</exception>
    internal static TopicRecord? Next<TKey, TValue>(IConsumer<TKey, TValue> consumer, TimeSpan limit)
    {
        var handle = (SafeHandle)NativeHandle(consumer.Handle);
        var message = ConsumerPoll(handle.DangerousGetHandle(), (int)limit.TotalMilliseconds);
        if (message is null)
        {
            return null;
        }

        try
        {
            return message->Error == (int)ErrorCode.NoError ? Read(message) : throw new KafkaException((ErrorCode)message->Error);
        }
        finally
        {
            MessageDestroy(message);
        }
    }

    private static TopicRecord Read(NativeMessage* message)
    {
        var milliseconds = MessageTimestamp(message, out var type);
        return new TopicRecord(
            Copy(message->Key, message->KeyLength),
            Copy(message->Payload, message->PayloadLength),
            message->Offset,
            type == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(milliseconds),
            Headers(message));
    }

    private static Dictionary<string, byte[]> Headers(NativeMessage* message)
    {
        var headers = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        if (MessageHeaders(message, out var list) != 0)
        {
            return headers;
        }

        for (nuint i = 0; HeaderAt(list, i, out var name, out var value, out var length) == 0; i++)
        {
            headers[Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name))] = Copy(value, length) ?? [];
        }

        return headers;
    }

    private static byte[]? Copy(byte* start, nuint length) => start is null ? null : new ReadOnlySpan<byte>(start, checked((int)length)).ToArray();

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_LibrdkafkaHandle")]
    [return: UnsafeAccessorType("Confluent.Kafka.Impl.SafeKafkaHandle, Confluent.Kafka")]
    private static extern object NativeHandle(Handle handle);

    [LibraryImport(Library, EntryPoint = "rd_kafka_consumer_poll")]
    private static partial NativeMessage* ConsumerPoll(nint client, int milliseconds);

    [LibraryImport(Library, EntryPoint = "rd_kafka_message_destroy")]
    private static partial void MessageDestroy(NativeMessage* message);

    [LibraryImport(Library, EntryPoint = "rd_kafka_message_timestamp")]
    private static partial long MessageTimestamp(NativeMessage* message, out int type);

    [LibraryImport(Library, EntryPoint = "rd_kafka_message_headers")]
    private static partial int MessageHeaders(NativeMessage* message, out nint headers);

    [LibraryImport(Library, EntryPoint = "rd_kafka_header_get_all")]
    private static partial int HeaderAt(nint headers, nuint index, out byte* name, out byte* value, out nuint length);

    /// <summary>rd_kafka_message_t.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct NativeMessage
    {
        internal int Error;
        internal nint Topic;
        internal int Partition;
        internal byte* Payload;
        internal nuint PayloadLength;
        internal byte* Key;
        internal nuint KeyLength;
        internal long Offset;
        internal nint Private;
    }
}
