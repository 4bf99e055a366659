using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace MiniK8s.Kubelet.Docker;

/// <summary>
/// Takes a container's output apart. Without a terminal the engine puts eight bytes before each piece: the stream's number,
/// three zeros and the length, big-endian (Docker Engine API, "Attach to a container"). With one the bytes come as they are.
/// </summary>
internal static class OutputFrames
{
    private const int HeaderSize = 8;
    private const int LargestFrame = 32 * 1024;
    private const byte StderrNumber = 2;

    /// <summary>The frames until the stream ends. A piece longer than 32 KiB comes as several frames.</summary>
    /// <exception cref="EndOfStreamException">The stream ended inside a piece.</exception>
    internal static async IAsyncEnumerable<OutputFrame> ReadAsync(
        Stream stream, bool tty, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var header = new byte[HeaderSize];
        while (tty || await ReadHeaderAsync(stream, header, cancellationToken))
        {
            var kind = !tty && header[0] == StderrNumber ? OutputStream.Stderr : OutputStream.Stdout;
            var left = tty ? long.MaxValue : BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(4));
            while (left > 0)
            {
                var buffer = new byte[Math.Min(left, LargestFrame)];
                var read = await stream.ReadAsync(buffer, cancellationToken);
                if (read == 0)
                {
                    if (tty)
                    {
                        yield break;
                    }

                    throw new EndOfStreamException($"the output ended {left} bytes before the end of a frame");
                }

                left -= read;
                yield return new OutputFrame(kind, buffer.AsMemory(0, read));
            }
        }
    }

    private static async Task<bool> ReadHeaderAsync(Stream stream, byte[] header, CancellationToken cancellationToken)
    {
        var read = await stream.ReadAtLeastAsync(header, HeaderSize, throwOnEndOfStream: false, cancellationToken);
        return read switch
        {
            HeaderSize => true,
            0 => false,
            _ => throw new EndOfStreamException($"the output ended after {read} bytes of a frame's header"),
        };
    }
}
