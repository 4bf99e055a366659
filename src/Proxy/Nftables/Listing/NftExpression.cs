using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Nftables.Listing;

/// <summary>
/// An expression of a rule, read back from what was written by <see cref="NftExpressions"/>. Registers are words of four bytes,
/// numbered from 0.
/// </summary>
internal abstract record NftExpression
{
    /// <summary>Loads a part of the packet: of its network header (1) or transport header (2).</summary>
    internal sealed record Payload(int Register, uint Header, int Offset, int Length) : NftExpression;

    /// <summary>Loads what the kernel knows of the packet.</summary>
    internal sealed record Meta(int Register, uint Key) : NftExpression
    {
        public const uint Mark = 3;
        public const uint Protocol = 16;
    }

    /// <summary>Writes the packet's mark.</summary>
    internal sealed record StoreMark(int Register) : NftExpression;

    /// <summary>Loads what conntrack knows of the connection.</summary>
    internal sealed record Conntrack(int Register, uint Key) : NftExpression
    {
        public const uint State = 0;
        public const uint Status = 2;
    }

    /// <summary>Loads the type of the source's or destination's address, as routing has it.</summary>
    internal sealed record AddressType(int Register, bool OfSource) : NftExpression;

    /// <summary>Ands with a mask, then flips bits.</summary>
    internal sealed record Bits(int From, int To, ValueArray<byte> Mask, ValueArray<byte> Flip) : NftExpression;

    /// <summary>Ends the rule where a register has another value, or where it has this one.</summary>
    internal sealed record Compare(int Register, bool IsEqual, ValueArray<byte> Value) : NftExpression;

    /// <summary>Looks a key up and ends the rule where there is none; loads the value, if asked to, or gives the verdict that it is.</summary>
    internal sealed record Lookup(string Set, int Key, int? Value, bool GivesVerdict) : NftExpression;

    /// <summary>Loads bytes.</summary>
    internal sealed record Constant(int Register, ValueArray<byte> Value) : NftExpression;

    /// <summary>Loads a number below a limit.</summary>
    internal sealed record Number(int Register, uint Limit, bool InTurn) : NftExpression;

    /// <summary>Notes a key in a set, or lets it live longer.</summary>
    internal sealed record Remember(string Set, int Key) : NftExpression;

    /// <summary>Rewrites the destination.</summary>
    internal sealed record Translate(uint Family, int Address, int Port) : NftExpression;

    /// <summary>Rewrites the source.</summary>
    internal sealed record Masquerade(uint Flags) : NftExpression
    {
        public const uint FullyRandom = 1 << 4;
    }

    /// <summary>Answers with an ICMP message of type unreachable.</summary>
    internal sealed record Reject(int Code) : NftExpression;

    /// <summary>Ends the rule.</summary>
    internal sealed record Verdict(int Code, string Chain) : NftExpression;
}
