using MiniK8s.Proxy.Netlink;
using Wire = MiniK8s.Proxy.Nftables.NftWire;

namespace MiniK8s.Proxy.Nftables;

/// <summary>Names the message of a batch that was refused, for the log.</summary>
internal static class NftMessageText
{
    /// <param name="batch">The messages.</param>
    /// <param name="sequence">The number of the one that was refused.</param>
    public static string Describe(ReadOnlySpan<byte> batch, uint sequence)
    {
        var messages = new NetlinkMessages(batch);
        while (messages.MoveNext())
        {
            if (messages.Sequence == sequence) return Describe(messages);
        }
        return "a batch";
    }

    private static string Describe(NetlinkMessages message)
    {
        if (message.Type is Wire.BatchBegin or Wire.BatchEnd) return "the batch as a whole";
        var attributes = message.Payload[4..];
        return message.Type switch
        {
            Wire.NewTable => "making the table",
            Wire.DeleteTable => "removing the table",
            Wire.NewSet => $"making the set {Name(attributes, Wire.Set.Name)}",
            Wire.NewChain => $"making the chain {Name(attributes, Wire.Chain.Name)}",
            Wire.DeleteChain => $"removing the chain {Name(attributes, Wire.Chain.Name)}",
            Wire.NewRule => $"a rule of the chain {Name(attributes, Wire.Rule.Chain)} ({Expressions(attributes)})",
            Wire.NewElement => $"adding elements to {Name(attributes, Wire.Element.ListSet)}",
            Wire.DeleteElement => $"deleting elements of {Name(attributes, Wire.Element.ListSet)}",
            _ => $"a message of type {message.Type}",
        };
    }

    private static string Name(ReadOnlySpan<byte> attributes, ushort type) => NftDecoder.Text(NetlinkAttributes.Find(attributes, type));

    private static string Expressions(ReadOnlySpan<byte> attributes)
    {
        var names = new List<string>();
        var items = new NetlinkAttributes(NetlinkAttributes.Find(attributes, Wire.Rule.Expressions));
        while (items.MoveNext()) names.Add(Name(items.Value, Wire.Expression.Name));
        return string.Join(", ", names);
    }
}
