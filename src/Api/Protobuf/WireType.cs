namespace MiniK8s.Api.Protobuf;

/// <summary>How a field's value is laid out (protobuf encoding, wire types).</summary>
internal enum WireType
{
    Varint = 0,
    Fixed64 = 1,
    Bytes = 2,
    Fixed32 = 5,
}
