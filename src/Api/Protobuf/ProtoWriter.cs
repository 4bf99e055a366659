using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace MiniK8s.Api.Protobuf;

/// <summary>Writes the fields of one protobuf message.</summary>
internal sealed class ProtoWriter
{
    private readonly ArrayBufferWriter<byte> output = new();

    public bool IsEmpty => output.WrittenCount == 0;

    public ReadOnlySpan<byte> Written => output.WrittenSpan;

    public void Integer(int number, long value)
    {
        Tag(number, WireType.Varint);
        Varint((ulong)value);
    }

    public void Double(int number, double value)
    {
        Tag(number, WireType.Fixed64);
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        output.Write(bytes);
    }

    public void Text(int number, string value) => Bytes(number, Encoding.UTF8.GetBytes(value));

    public void Message(int number, ProtoWriter message) => Bytes(number, message.Written);

    public void Bytes(int number, ReadOnlySpan<byte> value)
    {
        Tag(number, WireType.Bytes);
        Varint((ulong)value.Length);
        output.Write(value);
    }

    /// <summary>Bytes as they are, without a field around them.</summary>
    public void Raw(ReadOnlySpan<byte> value) => output.Write(value);

    private void Tag(int number, WireType type) => Varint(((ulong)number << 3) | (ulong)type);

    private void Varint(ulong value)
    {
        var bytes = output.GetSpan(10);
        var length = 0;
        for (; value >= 0x80; value >>= 7) bytes[length++] = (byte)(value | 0x80);
        bytes[length++] = (byte)value;
        output.Advance(length);
    }
}
