using System.Buffers.Binary;
using System.Net;
using System.Numerics;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Nftables.Listing;

namespace MiniK8s.Proxy.Nftables.Text;

/// <summary>
/// Writes one rule as <c>nft list ruleset</c> does. What is loaded into registers is kept as words until it is compared, looked up
/// or used.
/// </summary>
internal sealed class NftRuleLine(IpFamily family, Func<string, NftSetDeclaration> setOf)
{
    private readonly Dictionary<int, Operand> registers = [];
    private readonly List<string> words = [];

    private string Ip => family == IpFamily.V4 ? "ip" : "ip6";

    /// <summary>The rule in one line.</summary>
    public static string Of(NftRuleDeclaration rule, IpFamily family, Func<string, NftSetDeclaration> setOf)
    {
        var text = new NftRuleLine(family, setOf);
        foreach (var expression in rule.Expressions) text.Add(expression);
        if (rule.Comment.Length > 0) text.words.Add($"comment \"{rule.Comment}\"");
        return string.Join(' ', text.words);
    }

    private void Add(NftExpression expression)
    {
        switch (expression)
        {
            case NftExpression.Payload payload:
                registers[payload.Register] = new Operand(TextOf(payload));
                break;
            case NftExpression.Meta meta:
                registers[meta.Register] = new Operand(meta.Key == NftExpression.Meta.Mark ? "meta mark" : "meta l4proto");
                break;
            case NftExpression.Conntrack conntrack:
                registers[conntrack.Register] = new Operand(conntrack.Key == NftExpression.Conntrack.State ? "ct state" : "ct status");
                break;
            case NftExpression.AddressType type:
                registers[type.Register] = new Operand(type.OfSource ? "fib saddr type" : "fib daddr type");
                break;
            case NftExpression.Number number:
                registers[number.Register] = new Operand($"numgen {(number.InTurn ? "inc" : "random")} mod {number.Limit}");
                break;
            case NftExpression.Constant constant:
                registers[constant.Register] = new Operand("") { Constant = [.. constant.Value] };
                break;
            case NftExpression.Bits bits:
                registers[bits.To] = registers[bits.From] with { Mask = [.. bits.Mask], Flip = [.. bits.Flip] };
                break;
            case NftExpression.Lookup { Value: { } register } lookup:
                registers[register] = new Operand($"{KeyOf(lookup.Set, lookup.Key)} map @{lookup.Set}");
                break;
            default:
                words.Add(Use(expression));
                break;
        }
    }

    private string Use(NftExpression expression) => expression switch
    {
        NftExpression.Compare compare => Compare(registers[compare.Register], compare),
        NftExpression.Lookup lookup => $"{KeyOf(lookup.Set, lookup.Key)} {(lookup.GivesVerdict ? "vmap " : "")}@{lookup.Set}",
        NftExpression.Remember remember => $"update @{remember.Set} {{ {KeyOf(remember.Set, remember.Key)} }}",
        NftExpression.StoreMark mark => StoreMark(registers[mark.Register]),
        NftExpression.Translate translate => Translate(translate),
        NftExpression.Masquerade masquerade => (masquerade.Flags & NftExpression.Masquerade.FullyRandom) != 0 ? "masquerade fully-random" : "masquerade",
        NftExpression.Reject => "reject",
        NftExpression.Verdict verdict => NftValueText.Of(verdict),
        _ => throw new FormatException($"no rule has {expression}"),
    };

    private string TextOf(NftExpression.Payload payload)
    {
        const uint TransportHeader = 2;
        if (payload.Header == TransportHeader) return "th dport";
        return payload.Offset == (family == IpFamily.V4 ? 12 : 8) ? $"{Ip} saddr" : $"{Ip} daddr";
    }

    private static string Compare(Operand operand, NftExpression.Compare compare) => operand switch
    {
        { Text: "ct state" } => $"ct state {(Number(operand.Mask) == 1 ? "invalid" : "new")}",
        { Text: "ct status" } => "ct status dnat",
        { Text: "meta mark" } => $"meta mark & {NftValueText.Hex(Number(operand.Mask))} {(compare.IsEqual ? "==" : "!=")} {NftValueText.Hex(Number([.. compare.Value]))}",
        { Mask: { } mask } => $"{operand.Text} {(compare.IsEqual ? "" : "!= ")}{Block(mask, [.. compare.Value])}",
        _ when operand.Text.StartsWith("fib", StringComparison.Ordinal) => $"{operand.Text} local",
        _ => $"{operand.Text} {Number([.. compare.Value])}",
    };

    private string Translate(NftExpression.Translate translate)
    {
        var address = registers[translate.Address];
        if (address.Constant is not { } bytes) return $"dnat {Ip} to {address.Text}";
        return $"dnat to {new IPEndPoint(new IPAddress(bytes), BinaryPrimitives.ReadUInt16BigEndian(registers[translate.Port].Constant))}";
    }

    private static string StoreMark(Operand operand)
    {
        var (mask, flip) = (Number(operand.Mask), Number(operand.Flip));
        return flip == 0 ? $"meta mark set meta mark & {NftValueText.Hex(mask)}" : $"meta mark set meta mark | {NftValueText.Hex(flip)}";
    }

    /// <summary>The words of the fields that a key is made of, from register to register.</summary>
    private string KeyOf(string set, int register)
    {
        var fields = new List<string>();
        foreach (var type in setOf(set).KeyTypes)
        {
            fields.Add(registers[register].Text);
            register += NftValueText.LengthOf(type) / sizeof(uint);
        }
        return string.Join(" . ", fields);
    }

    private static string Block(byte[] mask, byte[] value)
    {
        var bits = mask.Sum(part => BitOperations.PopCount(part));
        return bits == mask.Length * 8 ? new IPAddress(value).ToString() : $"{new IPAddress(value)}/{bits}";
    }

    private static uint Number(byte[]? value) => BitConverter.ToUInt32(value);

    /// <summary>What is in a register, in words.</summary>
    private sealed record Operand(string Text)
    {
        public byte[]? Mask { get; init; }

        public byte[]? Flip { get; init; }

        public byte[]? Constant { get; init; }
    }
}
