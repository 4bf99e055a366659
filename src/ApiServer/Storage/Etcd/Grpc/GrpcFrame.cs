using System.Buffers.Binary;
using Google.Protobuf;

namespace MiniK8s.ApiServer.Storage.Etcd.Grpc;

/// <summary>
/// A message on the wire: a byte that says whether it is compressed, its length in four bytes, big end first, then the message
/// (https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md, "Length-Prefixed-Message").
/// </summary>
internal static class GrpcFrame
{
    private const int HeaderLength = 5;

    /// <summary>Most that a server may send in one message: well above etcd's largest answer, well below what would hurt.</summary>
    private const int LongestMessage = 512 << 20;

    internal static byte[] Encode(IMessage message)
    {
        var length = message.CalculateSize();
        var frame = new byte[HeaderLength + length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), length);
        message.WriteTo(frame.AsSpan(HeaderLength));
        return frame;
    }

    /// <summary>The next message of a stream; false at its end.</summary>
    internal static async Task<bool> ReadAsync(Stream stream, IMessage into, CancellationToken cancellationToken)
    {
        var header = new byte[HeaderLength];
        var read = await stream.ReadAtLeastAsync(header, HeaderLength, throwOnEndOfStream: false, cancellationToken);
        if (read == 0)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(1));
        if (read < HeaderLength || header[0] != 0 || length is < 0 or > LongestMessage)
        {
            throw new GrpcException(GrpcStatus.Internal, $"the server sent a frame header that is cut, compressed or too long: {Convert.ToHexString(header)}");
        }

        var body = new byte[length];
        await stream.ReadExactlyAsync(body, cancellationToken);
        into.MergeFrom(body);
        return true;
    }
}
