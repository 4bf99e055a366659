using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Nftables.Listing;

/// <summary>A set or map, as a message declares it.</summary>
internal sealed record NftSetDeclaration
{
    public required string Name { get; init; }

    /// <summary>Bits of <see cref="NftWire.Set"/>.</summary>
    public required uint Flags { get; init; }

    /// <summary>nft's types of the fields of a key, in their order.</summary>
    public required ValueArray<uint> KeyTypes { get; init; }

    /// <summary>Bytes of a key.</summary>
    public required int KeyLength { get; init; }

    /// <summary>The types of the fields of a value; empty for a set.</summary>
    public required ValueArray<uint> DataTypes { get; init; }

    /// <summary>Bytes of a value; 0 for a verdict.</summary>
    public required int DataLength { get; init; }

    /// <summary>How long an element lives, in milliseconds; 0 for ever.</summary>
    public ulong Timeout { get; init; }

    /// <summary>How many elements there can be; 0 for any number.</summary>
    public uint Size { get; init; }

    public string Comment { get; init; } = "";

    /// <summary>Whether its keys have values.</summary>
    public bool IsMap => (Flags & NftWire.Set.MapFlag) != 0;

    /// <summary>Whether the values are verdicts.</summary>
    public bool GivesVerdicts => IsMap && DataTypes is [NftWire.DataType.Verdict];
}

/// <summary>A chain, as a message declares it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Base">Where packets pass it; null where only other chains lead to it.</param>
internal sealed record NftChainDeclaration(string Name, NftBaseChain? Base);

/// <summary>A rule, as a message adds it.</summary>
internal sealed record NftRuleDeclaration(string Chain, ValueArray<NftExpression> Expressions, string Comment);

/// <summary>An element, as a message adds or deletes it.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Data">Its value; empty where it has none or a verdict.</param>
/// <param name="Verdict">Its verdict; null where it has none.</param>
internal sealed record NftElementDeclaration(ValueArray<byte> Key, ValueArray<byte> Data, NftExpression.Verdict? Verdict)
{
    /// <summary>How long it lives from its last use, in milliseconds; 0 for ever.</summary>
    public ulong Timeout { get; init; }

    /// <summary>How much of that is left.</summary>
    public ulong Expiration { get; init; }
}
