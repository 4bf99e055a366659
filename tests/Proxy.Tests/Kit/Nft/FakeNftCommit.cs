using MiniK8s.Proxy.Netlink;
using MiniK8s.Proxy.Nftables.Listing;
using Wire = MiniK8s.Proxy.Nftables.NftWire;

namespace MiniK8s.Proxy.Tests.Kit.Nft;

/// <summary>What a transaction consisted of, counted in its bytes.</summary>
/// <param name="Messages">Messages, without those that begin and end the batch.</param>
/// <param name="Added">Elements that came.</param>
/// <param name="Deleted">Elements that went.</param>
/// <param name="Others">Messages about anything but elements: each can make the kernel look through the whole table.</param>
/// <param name="Verdicts">Elements of verdict maps that came: the same is true of them.</param>
internal sealed record FakeNftCommit(int Messages, int Added, int Deleted, int Others, int Verdicts, int Bytes)
{
    public static FakeNftCommit Of(byte[] batch)
    {
        var count = new FakeNftCommit(0, 0, 0, 0, 0, batch.Length);
        var messages = new NetlinkMessages(batch);
        while (messages.MoveNext())
        {
            if (messages.Type is Wire.BatchBegin or Wire.BatchEnd) continue;
            count = count with { Messages = count.Messages + 1 };
            if (messages.Type is not (Wire.NewElement or Wire.DeleteElement))
            {
                count = count with { Others = count.Others + 1 };
                continue;
            }
            var elements = NftMessageReader.Elements(messages.Payload[4..]).Elements;
            var verdicts = elements.Count(element => element.Verdict is not null);
            count = messages.Type == Wire.NewElement
                ? count with { Added = count.Added + elements.Count, Verdicts = count.Verdicts + verdicts }
                : count with { Deleted = count.Deleted + elements.Count };
        }
        return count;
    }
}
