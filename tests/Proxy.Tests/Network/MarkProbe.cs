using System.Globalization;
using System.Text.RegularExpressions;
using MiniK8s.TestKit.Network;

namespace MiniK8s.Proxy.Tests.Network;

/// <summary>
/// Somebody else's use of packet marks on a node: a table that sets a bit of its own on every packet that comes in, and counts
/// which bits the packets carry that leave, after all that the proxy does to them.
/// </summary>
internal sealed partial class MarkProbe : IAsyncDisposable
{
    private readonly NetworkNamespace node;

    private MarkProbe(NetworkNamespace node) => this.node = node;

    public static async Task<MarkProbe> PlaceAsync(TestHost node)
    {
        await node.Namespace.RunAsync(
            ["nft", "-f", "-"],
            """
            table ip markprobe {
              counter ours { }
              counter others { }
              chain in { type filter hook prerouting priority -300; meta mark set meta mark | 0x10; }
              chain out {
                type filter hook postrouting priority 300;
                meta mark & 0x4000 != 0 counter name ours
                meta mark & 0x10 != 0 counter name others
              }
            }
            """);
        return new MarkProbe(node.Namespace);
    }

    /// <summary>How many packets left with the proxy's bit, and with the probe's.</summary>
    public async Task<(int Ours, int Others)> ReadAsync()
    {
        var text = await node.RunAsync(["nft", "list", "counters", "table", "ip", "markprobe"]);
        return (CountOf("ours", text), CountOf("others", text));
    }

    public async ValueTask DisposeAsync() => await node.TryAsync(["nft", "delete", "table", "ip", "markprobe"]);

    private static int CountOf(string counter, string text) =>
        int.Parse(Counter().Matches(text).Single(match => match.Groups[1].Value == counter).Groups[2].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"counter (\w+) \{\s*packets (\d+)")]
    private static partial Regex Counter();
}
