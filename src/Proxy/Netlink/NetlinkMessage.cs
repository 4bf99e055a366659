namespace MiniK8s.Proxy.Netlink;

/// <summary>One netlink request in the making.</summary>
internal sealed class NetlinkMessage
{
    private const ushort NestedFlag = 0x8000;
    private readonly NetlinkWriter writer = new();

    /// <param name="type">What is asked; for netfilter the subsystem in the upper byte.</param>
    /// <param name="flags">NLM_F_*; the request flag is added.</param>
    public NetlinkMessage(ushort type, NetlinkFlags flags) => writer.Begin(type, flags);

    /// <summary>Adds netfilter's own header: the address family and nothing else.</summary>
    public NetlinkMessage Netfilter(byte family)
    {
        writer.Netfilter(family);
        return this;
    }

    /// <summary>Adds another protocol's own header.</summary>
    public NetlinkMessage Header(ReadOnlySpan<byte> header)
    {
        writer.Raw(header);
        return this;
    }

    /// <summary>Adds an attribute.</summary>
    public NetlinkMessage Attribute(ushort type, ReadOnlySpan<byte> value)
    {
        writer.Attribute(type, value);
        return this;
    }

    /// <summary>Adds a text.</summary>
    public NetlinkMessage Text(ushort type, string text)
    {
        writer.Text(type, text);
        return this;
    }

    /// <summary>Adds an attribute that holds others, given as they came from the kernel.</summary>
    public NetlinkMessage Nested(ushort type, ReadOnlySpan<byte> attributes) => Attribute((ushort)(type | NestedFlag), attributes);

    /// <summary>Adds an attribute that holds others, which <paramref name="content"/> writes.</summary>
    public NetlinkMessage Nested(ushort type, Action<NetlinkWriter> content)
    {
        var at = writer.BeginNested(type);
        content(writer);
        writer.EndNested(at);
        return this;
    }

    /// <summary>The message with its number, ready to be sent.</summary>
    public ReadOnlySpan<byte> Finish(uint sequence)
    {
        writer.Number(sequence);
        writer.End();
        return writer.Written;
    }
}
