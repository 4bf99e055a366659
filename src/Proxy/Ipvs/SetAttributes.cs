namespace MiniK8s.Proxy.Ipvs;

/// <summary>Attribute numbers of IP sets (linux/netfilter/ipset/ip_set.h): those of messages, then those of elements.</summary>
internal static class SetAttributes
{
    /// <summary>Without this flag the kernel refuses numbers and addresses.</summary>
    public const ushort HighestByteFirst = 0x4000;

    public const ushort ProtocolVersion = 1;
    public const ushort Name = 2;
    public const ushort TypeName = 3;
    public const ushort Revision = 4;
    public const ushort Family = 5;
    public const ushort Data = 7;
    public const ushort Elements = 8;

    public const ushort Ip = 1;
    public const ushort Port = 4;
    public const ushort LastPort = 5;
    public const ushort Protocol = 7;
    public const ushort MostElements = 19;
    public const ushort OtherIp = 20;
    public const ushort OtherPrefix = 21;

    /// <summary>What an address attribute holds.</summary>
    public const ushort Ip4 = 1;

    /// <inheritdoc cref="Ip4"/>
    public const ushort Ip6 = 2;
}
