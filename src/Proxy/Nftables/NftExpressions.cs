using System.Net;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Netlink;
using Wire = MiniK8s.Proxy.Nftables.NftWire;

namespace MiniK8s.Proxy.Nftables;

/// <summary>
/// Writes the expressions of one rule, in the order in which the kernel carries them out. They work on sixteen registers of four
/// bytes, numbered from 0; an address of IPv6 takes four of them. An expression that does not hold ends the rule.
/// </summary>
internal readonly struct NftExpressions(NetlinkWriter writer, IpFamily family)
{
    private const uint FirstRegister = 8;
    private const uint VerdictRegister = 0;
    private const uint NetworkHeader = 1;
    private const uint TransportHeader = 2;
    private const uint Equal = 0;
    private const uint NotEqual = 1;

    private bool IsV4 => family == IpFamily.V4;

    private int AddressSize => family.AddressBits / 8;

    /// <summary>Registers that an address takes.</summary>
    public int AddressWords => AddressSize / sizeof(uint);

    /// <summary>Loads where the packet comes from.</summary>
    public NftExpressions SourceAddress(int register) => Payload(register, NetworkHeader, IsV4 ? 12u : 8u, (uint)AddressSize);

    /// <summary>Loads where the packet goes.</summary>
    public NftExpressions DestinationAddress(int register) => Payload(register, NetworkHeader, IsV4 ? 16u : 24u, (uint)AddressSize);

    /// <summary>Loads the number of the transport protocol.</summary>
    public NftExpressions Protocol(int register) => Meta(register, 16);

    /// <summary>Loads the destination port of TCP, UDP and SCTP alike.</summary>
    public NftExpressions DestinationPort(int register) => Payload(register, TransportHeader, 2, 2);

    /// <summary>Loads where the packet goes with protocol and port: what Services are found by.</summary>
    public NftExpressions Destination(int register) => DestinationAddress(register).Protocol(register + AddressWords).DestinationPort(register + AddressWords + 1);

    /// <summary>Goes on with those whose connection is in one of the states.</summary>
    /// <param name="states">Bits: 1 invalid, 8 new.</param>
    public NftExpressions ConnectionState(uint states) => Conntrack(0).Bits(0, states, 0).Compare(0, NotEqual, BitConverter.GetBytes(0u));

    /// <summary>Goes on with those whose destination was rewritten.</summary>
    public NftExpressions IsTranslated() => Conntrack(2).Bits(0, 1 << 5, 0).Compare(0, NotEqual, BitConverter.GetBytes(0u));

    /// <summary>Goes on with those that carry all bits of the mark.</summary>
    public NftExpressions HasMark(uint bit) => Meta(0, 3).Bits(0, bit, 0).Compare(0, NotEqual, BitConverter.GetBytes(0u));

    /// <summary>Sets a bit of the packet's mark and leaves the others.</summary>
    public NftExpressions SetMark(uint bit) => Meta(0, 3).Bits(0, ~bit, bit).StoreMark();

    /// <summary>Takes a bit from the packet's mark and leaves the others.</summary>
    public NftExpressions ClearMark(uint bit) => Meta(0, 3).Bits(0, ~bit, 0).StoreMark();

    /// <summary>Goes on with those from inside, or from outside, a block.</summary>
    public NftExpressions SourceIn(IPNetwork block, bool isWanted = true) => SourceAddress(0).InBlock(block, isWanted);

    /// <summary>Goes on with those to inside, or to outside, a block.</summary>
    public NftExpressions DestinationIn(IPNetwork block, bool isWanted = true) => DestinationAddress(0).InBlock(block, isWanted);

    /// <summary>Goes on with those that this machine sent, or that are for it: the kernel's routing says so.</summary>
    public NftExpressions IsLocal(bool source)
    {
        const uint AddressType = 3;
        const uint Local = 2;
        var data = Begin("fib");
        writer.BigEndian(1, FirstRegister);
        writer.BigEndian(2, AddressType);
        writer.BigEndian(3, source ? 1u : 2u);
        End(data);
        return Compare(0, Equal, BitConverter.GetBytes(Local));
    }

    /// <summary>Looks a key up, beginning at a register; what is found is loaded. Not found ends the rule.</summary>
    public NftExpressions Lookup(NftSet set, int key, int value)
    {
        var data = BeginLookup(set, key);
        writer.BigEndian(3, set.GivesVerdicts ? VerdictRegister : FirstRegister + (uint)value);
        End(data);
        return this;
    }

    /// <summary>Goes on with those whose key is in a set.</summary>
    public NftExpressions IsIn(NftSet set, int key)
    {
        End(BeginLookup(set, key));
        return this;
    }

    /// <summary>Loads one of so many numbers: at random, or one after the other.</summary>
    public NftExpressions Number(int register, uint limit, bool inTurn)
    {
        var data = Begin("numgen");
        writer.BigEndian(1, FirstRegister + (uint)register);
        writer.BigEndian(2, limit);
        writer.BigEndian(3, inTurn ? 0u : 1u);
        writer.BigEndian(4, 0u);
        End(data);
        return this;
    }

    /// <summary>Goes on with those for whom a register has a number.</summary>
    public NftExpressions Is(int register, uint value) => Compare(register, Equal, BitConverter.GetBytes(value));

    /// <summary>Loads bytes that do not change.</summary>
    public NftExpressions Constant(int register, ReadOnlySpan<byte> value)
    {
        var data = Begin("immediate");
        writer.BigEndian(1, FirstRegister + (uint)register);
        WriteData(2, value);
        End(data);
        return this;
    }

    /// <summary>Notes a key in a set, for as long from now as the set says.</summary>
    public NftExpressions Remember(NftSet set, int key)
    {
        const uint Update = 1;
        var data = Begin("dynset");
        writer.Text(1, set.Name);
        writer.BigEndian(3, Update);
        writer.BigEndian(4, FirstRegister + (uint)key);
        End(data);
        return this;
    }

    /// <summary>Sends the connection to the address and port in the registers; ends the walk.</summary>
    public void Translate(int address, int port)
    {
        const uint Destination = 1;
        var data = Begin("nat");
        writer.BigEndian(1, Destination);
        writer.BigEndian(2, IsV4 ? 2u : 10u);
        writer.BigEndian(3, FirstRegister + (uint)address);
        writer.BigEndian(5, FirstRegister + (uint)port);
        End(data);
    }

    /// <summary>Lets the connection leave with this node's address, by a random port; ends the walk.</summary>
    public void Masquerade()
    {
        const uint FullyRandom = 1 << 4;
        var data = Begin("masq");
        writer.BigEndian(1, FullyRandom);
        End(data);
    }

    /// <summary>Answers that the port cannot be reached; ends the walk.</summary>
    public void Reject()
    {
        var data = Begin("reject");
        writer.BigEndian(1, 0u);
        writer.Attribute(2, [IsV4 ? (byte)3 : (byte)4]);
        End(data);
    }

    /// <summary>Ends the rule with a verdict.</summary>
    public void Verdict(int code, string? chain = null)
    {
        var data = Begin("immediate");
        writer.BigEndian(1, VerdictRegister);
        var value = writer.BeginNested(2);
        WriteVerdict(writer, code, chain);
        writer.EndNested(value);
        End(data);
    }

    /// <summary>Drops the packet without an answer.</summary>
    public void Drop() => Verdict(Wire.Verdict.Drop);

    /// <summary>Goes back to where the chain was entered from.</summary>
    public void Return() => Verdict(Wire.Verdict.Return);

    /// <summary>Goes on in another chain, and comes back from it.</summary>
    public void Jump(string chain) => Verdict(Wire.Verdict.Jump, chain);

    /// <summary>Goes on in another chain for good.</summary>
    public void Goto(string chain) => Verdict(Wire.Verdict.Goto, chain);

    /// <summary>Writes a verdict's own attributes.</summary>
    public static void WriteVerdict(NetlinkWriter writer, int code, string? chain)
    {
        var verdict = writer.BeginNested(Wire.Data.Verdict);
        writer.BigEndian(Wire.Data.VerdictCode, (uint)code);
        if (chain is not null) writer.Text(Wire.Data.VerdictChain, chain);
        writer.EndNested(verdict);
    }

    private NftExpressions InBlock(IPNetwork block, bool isWanted)
    {
        Span<byte> mask = stackalloc byte[AddressSize];
        mask.Clear();
        for (var bit = 0; bit < block.PrefixLength; bit++) mask[bit / 8] |= (byte)(0x80 >> (bit % 8));
        return Bits(0, mask, new byte[AddressSize]).Compare(0, isWanted ? Equal : NotEqual, block.BaseAddress.GetAddressBytes());
    }

    private NftExpressions Payload(int register, uint header, uint offset, uint length)
    {
        var data = Begin("payload");
        writer.BigEndian(1, FirstRegister + (uint)register);
        writer.BigEndian(2, header);
        writer.BigEndian(3, offset);
        writer.BigEndian(4, length);
        End(data);
        return this;
    }

    private NftExpressions Meta(int register, uint key)
    {
        var data = Begin("meta");
        writer.BigEndian(2, key);
        writer.BigEndian(1, FirstRegister + (uint)register);
        End(data);
        return this;
    }

    private NftExpressions StoreMark()
    {
        var data = Begin("meta");
        writer.BigEndian(2, 3u);
        writer.BigEndian(3, FirstRegister);
        End(data);
        return this;
    }

    private NftExpressions Conntrack(uint key)
    {
        var data = Begin("ct");
        writer.BigEndian(1, FirstRegister);
        writer.BigEndian(2, key);
        End(data);
        return this;
    }

    private NftExpressions Bits(int register, uint mask, uint flip) => Bits(register, BitConverter.GetBytes(mask), BitConverter.GetBytes(flip));

    private NftExpressions Bits(int register, ReadOnlySpan<byte> mask, ReadOnlySpan<byte> flip)
    {
        var data = Begin("bitwise");
        writer.BigEndian(1, FirstRegister + (uint)register);
        writer.BigEndian(2, FirstRegister + (uint)register);
        writer.BigEndian(3, (uint)mask.Length);
        WriteData(4, mask);
        WriteData(5, flip);
        End(data);
        return this;
    }

    private NftExpressions Compare(int register, uint how, ReadOnlySpan<byte> value)
    {
        var data = Begin("cmp");
        writer.BigEndian(1, FirstRegister + (uint)register);
        writer.BigEndian(2, how);
        WriteData(3, value);
        End(data);
        return this;
    }

    private (int Item, int Data) BeginLookup(NftSet set, int key)
    {
        var data = Begin("lookup");
        writer.Text(1, set.Name);
        writer.BigEndian(2, FirstRegister + (uint)key);
        return data;
    }

    private void WriteData(ushort type, ReadOnlySpan<byte> value)
    {
        var at = writer.BeginNested(type);
        writer.Attribute(Wire.Data.Value, value);
        writer.EndNested(at);
    }

    private (int Item, int Data) Begin(string name)
    {
        var item = writer.BeginNested(Wire.ListItem);
        writer.Text(Wire.Expression.Name, name);
        return (item, writer.BeginNested(Wire.Expression.Data));
    }

    private void End((int Item, int Data) at)
    {
        writer.EndNested(at.Data);
        writer.EndNested(at.Item);
    }
}
