using System.Buffers.Binary;
using System.Text;
using MiniK8s.Api.Decoding;

namespace MiniK8s.Api.Protobuf;

/// <summary>Reads the fields of one protobuf message. Every length is held against what is left before it is believed.</summary>
internal ref struct ProtoReader(ReadOnlySpan<byte> message)
{
    private static readonly UTF8Encoding Utf8 = new(false, true);
    private ReadOnlySpan<byte> rest = message;

    /// <summary>The number of the field that was read last.</summary>
    public int Number { get; private set; }

    /// <summary>The layout of the field that was read last.</summary>
    public WireType Type { get; private set; }

    /// <summary>Whether nothing is left.</summary>
    public readonly bool IsAtEnd => rest.IsEmpty;

    /// <summary>Goes to the next field. False at the end of the message.</summary>
    public bool Next()
    {
        if (rest.IsEmpty) return false;
        var tag = Varint();
        (Number, Type) = ((int)Math.Min(tag >> 3, int.MaxValue), (WireType)(tag & 7));
        if (Number == 0) throw Malformed("a field has the number 0");
        return true;
    }

    public ulong Varint()
    {
        var value = 0UL;
        for (var shift = 0; shift < 70; shift += 7)
        {
            if (rest.IsEmpty) throw Malformed("it ends inside a number");
            var part = rest[0];
            rest = rest[1..];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80) return value;
        }

        throw Malformed("a number is longer than ten bytes");
    }

    public double Double()
    {
        Require(WireType.Fixed64);
        return BinaryPrimitives.ReadDoubleLittleEndian(Take(8));
    }

    public long Integer()
    {
        Require(WireType.Varint);
        return (long)Varint();
    }

    public ReadOnlySpan<byte> Bytes()
    {
        Require(WireType.Bytes);
        return Take(Varint());
    }

    public string Text()
    {
        try
        {
            return Utf8.GetString(Bytes());
        }
        catch (ArgumentException e)
        {
            throw new DecodingException($"the protobuf body is malformed: field {Number} is not valid UTF-8", e);
        }
    }

    /// <summary>Passes over a field that is not known here.</summary>
    public void Skip()
    {
        switch (Type)
        {
            case WireType.Varint: Varint(); break;
            case WireType.Fixed64: Take(8); break;
            case WireType.Bytes: Take(Varint()); break;
            case WireType.Fixed32: Take(4); break;
            default: throw Malformed($"field {Number} has the unknown wire type {(int)Type}");
        }
    }

    public static DecodingException Malformed(string what) => new($"the protobuf body is malformed: {what}");

    private readonly void Require(WireType wanted)
    {
        if (Type != wanted) throw Malformed($"field {Number} has the wire type {(int)Type}, not {(int)wanted}");
    }

    private ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)rest.Length) throw Malformed($"field {Number} says that it is {count} bytes long, and {rest.Length} are left");
        var taken = rest[..(int)count];
        rest = rest[(int)count..];
        return taken;
    }
}
