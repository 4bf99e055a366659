using System.Buffers.Binary;
using System.Net;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Nftables;
using MiniK8s.Proxy.Nftables.Listing;

namespace MiniK8s.Proxy.Tests.Kit.Nft;

/// <summary>
/// Carries out the expressions of one rule on one packet, as the kernel does, in all the ways that numbers drawn or counted leave
/// open. An expression that it does not know fails the test: a tracer that skips would prove nothing.
/// </summary>
internal sealed class NftMachine(FakeNftTable table, IReadOnlySet<IPAddress> local)
{
    private const string Continue = "CONTINUE";
    private const int New = 8;
    private const int Translated = 1 << 5;

    /// <summary>The ways on from a rule: with a verdict, <c>JUMP name</c> or <c>GOTO name</c>, or to the next rule.</summary>
    public List<NftEnd> Run(NftRuleDeclaration rule, NftEnd start)
    {
        var ends = new List<NftEnd>();
        var open = new List<(NftEnd At, byte[] Registers)> { (start with { Verdict = Continue }, new byte[64]) };
        var next = new List<(NftEnd At, byte[] Registers)>();
        foreach (var expression in rule.Expressions.AsSpan())
        {
            next.Clear();
            foreach (var (at, registers) in open) Step(expression, at, registers, next, ends);
            (open, next) = (next, open);
            if (open.Count == 0) break;
        }
        ends.AddRange(open.Select(way => way.At));
        return Merge(ends);
    }

    /// <summary>Ways that differ in nothing but how they came about are one.</summary>
    public static List<NftEnd> Merge(IEnumerable<NftEnd> ends)
    {
        var all = ends as List<NftEnd> ?? [.. ends];
        return all.Count < 2 ? all : [.. all.GroupBy(end => (end.Verdict, end.Packet, end.Noted)).Select(group => group.First() with { Share = group.Sum(end => end.Share) })];
    }

    private void Step(NftExpression expression, NftEnd at, byte[] registers, List<(NftEnd, byte[])> next, List<NftEnd> ends)
    {
        switch (expression)
        {
            case NftExpression.Number number:
                for (var value = 0u; value < number.Limit; value++)
                {
                    var own = (byte[])registers.Clone();
                    BitConverter.TryWriteBytes(own.AsSpan(number.Register * 4), value);
                    next.Add((at with { Share = at.Share / number.Limit }, own));
                }
                break;
            case NftExpression.Compare compare:
                var isEqual = registers.AsSpan(compare.Register * 4, compare.Value.Count).SequenceEqual(compare.Value.AsSpan());
                if (isEqual == compare.IsEqual) next.Add((at, registers));
                else ends.Add(at);
                break;
            case NftExpression.Lookup lookup:
                Look(lookup, at, registers, next, ends);
                break;
            case NftExpression.Remember remember:
                var client = KeyOf(remember.Set, remember.Key, registers);
                next.Add((at with { Noted = [.. at.Noted, (remember.Set, client)] }, registers));
                break;
            case NftExpression.StoreMark mark:
                next.Add((at with { Packet = at.Packet with { Mark = BitConverter.ToUInt32(registers, mark.Register * 4) } }, registers));
                break;
            case NftExpression.Verdict or NftExpression.Translate or NftExpression.Masquerade or NftExpression.Reject:
                ends.Add(End(expression, at, registers));
                break;
            default:
                Load(expression, at.Packet, registers);
                next.Add((at, registers));
                break;
        }
    }

    private void Look(NftExpression.Lookup lookup, NftEnd at, byte[] registers, List<(NftEnd, byte[])> next, List<NftEnd> ends)
    {
        if (!table.Sets[lookup.Set].Elements.TryGetValue(KeyOf(lookup.Set, lookup.Key, registers), out var element))
        {
            ends.Add(at);
            return;
        }
        if (lookup.GivesVerdict)
        {
            ends.Add(at with { Verdict = NameOf(element.Verdict!) });
            return;
        }
        if (lookup.Value is { } register) element.Data.AsSpan().CopyTo(registers.AsSpan(register * 4));
        next.Add((at, registers));
    }

    private ValueArray<byte> KeyOf(string set, int register, byte[] registers) =>
        [.. registers.AsSpan(register * 4, table.Sets[set].Declaration.KeyLength)];

    private static NftEnd End(NftExpression expression, NftEnd at, byte[] registers)
    {
        switch (expression)
        {
            case NftExpression.Verdict verdict:
                return at with { Verdict = NameOf(verdict) };
            case NftExpression.Reject:
                return at with { Verdict = "REJECT" };
            case NftExpression.Masquerade:
                return at with { Verdict = "ACCEPT", Packet = at.Packet with { IsMasqueraded = true } };
            case NftExpression.Translate translate:
                var size = at.Packet.Destination.GetAddressBytes().Length;
                Assert.Equal(size == 4 ? 2u : 10u, translate.Family);
                var address = new IPAddress(registers.AsSpan(translate.Address * 4, size));
                var port = BinaryPrimitives.ReadUInt16BigEndian(registers.AsSpan(translate.Port * 4));
                return at with { Verdict = "ACCEPT", Packet = at.Packet with { Destination = address, Port = port, IsTranslated = true } };
            default:
                throw new InvalidOperationException($"the tracer does not know {expression}");
        }
    }

    private static string NameOf(NftExpression.Verdict verdict) => verdict.Code switch
    {
        NftWire.Verdict.Drop => "DROP",
        NftWire.Verdict.Accept => "ACCEPT",
        NftWire.Verdict.Return => "RETURN",
        NftWire.Verdict.Jump => "JUMP " + verdict.Chain,
        NftWire.Verdict.Goto => "GOTO " + verdict.Chain,
        _ => throw new InvalidOperationException($"the tracer does not know {verdict}"),
    };

    private void Load(NftExpression expression, NftPacket packet, byte[] registers)
    {
        switch (expression)
        {
            case NftExpression.Payload payload:
                Put(registers, payload.Register, PayloadOf(packet, payload));
                break;
            case NftExpression.Meta { Key: NftExpression.Meta.Mark } mark:
                Put(registers, mark.Register, BitConverter.GetBytes(packet.Mark));
                break;
            case NftExpression.Meta { Key: NftExpression.Meta.Protocol } protocol:
                Put(registers, protocol.Register, [packet.Protocol.Number()]);
                break;
            case NftExpression.Conntrack { Key: NftExpression.Conntrack.State } state:
                Put(registers, state.Register, BitConverter.GetBytes(New));
                break;
            case NftExpression.Conntrack { Key: NftExpression.Conntrack.Status } status:
                Put(registers, status.Register, BitConverter.GetBytes(packet.IsTranslated ? Translated : 0));
                break;
            case NftExpression.AddressType type:
                Put(registers, type.Register, BitConverter.GetBytes(IsLocal(type.OfSource ? packet.Source : packet.Destination) ? 2 : 1));
                break;
            case NftExpression.Constant constant:
                Put(registers, constant.Register, constant.Value.AsSpan());
                break;
            case NftExpression.Bits bits:
                for (var i = 0; i < bits.Mask.Count; i++) registers[(bits.To * 4) + i] = (byte)((registers[(bits.From * 4) + i] & bits.Mask[i]) ^ bits.Flip[i]);
                break;
            default:
                throw new InvalidOperationException($"the tracer does not know {expression}");
        }
    }

    /// <summary>What is loaded begins at a word of four bytes; the rest of its last word is zero.</summary>
    private static void Put(byte[] registers, int register, ReadOnlySpan<byte> value)
    {
        registers.AsSpan(register * 4, (value.Length + 3) & ~3).Clear();
        value.CopyTo(registers.AsSpan(register * 4));
    }

    private static byte[] PayloadOf(NftPacket packet, NftExpression.Payload payload)
    {
        var isV4 = packet.Source.GetAddressBytes().Length == 4;
        return (payload.Header, payload.Offset, payload.Length) switch
        {
            (1, 12, 4) when isV4 => packet.Source.GetAddressBytes(),
            (1, 16, 4) when isV4 => packet.Destination.GetAddressBytes(),
            (1, 8, 16) when !isV4 => packet.Source.GetAddressBytes(),
            (1, 24, 16) when !isV4 => packet.Destination.GetAddressBytes(),
            (2, 2, 2) => [(byte)(packet.Port >> 8), (byte)packet.Port],
            _ => throw new InvalidOperationException($"the tracer does not know what is at {payload}"),
        };
    }

    private bool IsLocal(IPAddress address) => IPAddress.IsLoopback(address) || local.Contains(address);
}
