using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Errors;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Api.Serialization;

namespace MiniK8s.Client.Rest;

/// <summary>Reads the body of a watch: one JSON object a line, each <c>{"type": …, "object": …}</c>.</summary>
internal static class WatchLines
{
    // No object is stored that is larger than 3 MiB; a line without an end must not eat the memory.
    private const int LongestLine = 16 << 20;

    /// <summary>Yields each event as soon as its line is complete; ends with the body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="clock">Tells when events arrive, before they are read.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ApiException">The event was an ERROR.</exception>
    /// <exception cref="HttpRequestException">The connection broke, or a line is no watch event.</exception>
    internal static async IAsyncEnumerable<WatchEvent<T>> ReadAsync<T>(Stream body, TimeProvider clock, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class, IResource<T>
    {
        var reader = PipeReader.Create(body, new StreamPipeReaderOptions(leaveOpen: true));
        while (true)
        {
            var result = await ReadMoreAsync(reader, cancellationToken);
            var buffer = result.Buffer;
            var received = clock.GetUtcNow();
            while (TakeLine(ref buffer, out var line))
            {
                if (!line.IsEmpty)
                {
                    yield return Parse<T>(line, received);
                }
            }

            if (result.IsCompleted)
            {
                // What is left is a line that the server did not finish: the change will come again on the next watch.
                yield break;
            }

            if (buffer.Length > LongestLine)
            {
                throw new HttpRequestException($"a watch event is longer than {LongestLine >> 20} MiB");
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private static async ValueTask<ReadResult> ReadMoreAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadAsync(cancellationToken);
        }
        catch (IOException e)
        {
            throw new HttpRequestException($"the watch broke: {e.Message}", e);
        }
    }

    private static bool TakeLine(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> line)
    {
        if (buffer.PositionOf((byte)'\n') is not { } end)
        {
            line = default;
            return false;
        }

        line = buffer.Slice(0, end);
        buffer = buffer.Slice(buffer.GetPosition(1, end));
        return true;
    }

    private static WatchEvent<T> Parse<T>(ReadOnlySequence<byte> line, DateTimeOffset received) where T : class, IResource<T>
    {
        var bytes = line.IsSingleSegment ? line.FirstSpan : line.ToArray();
        try
        {
            var (type, at) = Split(bytes);
            var value = bytes[at];
            return type == WatchEventTypes.Error
                ? throw new ApiException(ApiSerializer.Deserialize<Status>(value))
                : new WatchEvent<T>(type, ApiSerializer.Read<T>(value)) { Received = received };
        }
        catch (JsonException e)
        {
            throw new HttpRequestException($"a line of the watch is no event: {e.Message}", e);
        }
    }

    // Where the object lies: a copy of it would be the largest part of the garbage that an event makes.
    private static (string Type, Range Object) Split(ReadOnlySpan<byte> line)
    {
        string? type = null;
        Range? value = null;
        var reader = new Utf8JsonReader(line);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("expected an object");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("type"u8);
            var isObject = reader.ValueTextEquals("object"u8);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (isType)
            {
                type = reader.TokenType == JsonTokenType.String ? reader.GetString() : throw new JsonException("'type' must be a string");
            }
            else if (isObject)
            {
                value = start..(int)reader.BytesConsumed;
            }
        }

        return type is not null && value is { } at ? (type, at) : throw new JsonException("'type' and 'object' are wanted");
    }
}
