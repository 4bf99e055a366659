using System.Text.Json.Nodes;

namespace MiniK8s.Api.Patching;

/// <summary>
/// The order of a merged list: items that the patch names stand in the patch's order, those that only the server knows in the
/// server's, and where both orders speak of two items the server's decides which of them comes first.
/// </summary>
internal static class ElementOrder
{
    /// <param name="merged">All items.</param>
    /// <param name="patchOrder">Items, or only their keys, in the patch's order.</param>
    /// <param name="serverOrder">The list before the patch.</param>
    /// <param name="rule">How items are told apart.</param>
    public static List<JsonNode?> Of(IEnumerable<JsonNode?> merged, IEnumerable<JsonNode?> patchOrder, IEnumerable<JsonNode?> serverOrder, MergeRule rule)
    {
        var (inPatch, onServer) = (rule.PlacesOf(patchOrder), rule.PlacesOf(serverOrder));
        var items = merged.Select(item => new Placed(item, inPatch.GetValueOrDefault(rule.IdentityOf(item), -1), onServer.GetValueOrDefault(rule.IdentityOf(item), -1))).ToList();
        var named = items.Where(item => item.InPatch >= 0).OrderBy(item => item.InPatch).ToList();
        var serverOnly = items.Where(item => item.InPatch < 0).OrderBy(item => item.OnServer).ToList();
        var result = new List<JsonNode?>(items.Count);
        var (left, right) = (0, 0);
        while (left < serverOnly.Count && right < named.Count)
        {
            var (server, patch) = (serverOnly[left].OnServer, named[right].OnServer);
            result.Add(server >= 0 && patch >= 0 && server < patch ? serverOnly[left++].Item : named[right++].Item);
        }

        result.AddRange(serverOnly.Skip(left).Select(item => item.Item));
        result.AddRange(named.Skip(right).Select(item => item.Item));
        return result;
    }

    private readonly record struct Placed(JsonNode? Item, int InPatch, int OnServer);
}
