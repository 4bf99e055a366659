using System.Text;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Explain;

/// <summary>Writes a difference as people read one: what goes with a minus, what comes with a plus, and one line that sums it up.</summary>
internal static class DifferenceText
{
    /// <summary>For whom and how the rules are made.</summary>
    public static string Head(ExplainSettings settings) =>
        $"Dry run on node {settings.Options.NodeName}\n" + string.Concat(settings.Notes.Select(note => $"  {note}\n"));

    /// <summary>One family's difference.</summary>
    public static string Of(IpFamily family, RuleDifference difference)
    {
        var text = new StringBuilder();
        foreach (var change in difference.Changes)
        {
            text.Append('\n').Append(change.Place).Append(Remark(change)).Append('\n');
            foreach (var line in change.Removed) text.Append("- ").Append(line).Append('\n');
            foreach (var line in change.Added) text.Append("+ ").Append(line).Append('\n');
        }
        return text.Append('\n').Append(family.Name).Append(": ").Append(Summary(difference)).Append('\n').ToString();
    }

    private static string Remark(PlaceChange change) => change switch
    {
        { Kind: PlaceChangeKind.Add } => " (new)",
        { Kind: PlaceChangeKind.Remove } => " (removed)",
        { Removed.Count: 0, Added.Count: 0 } => " (same lines in another order)",
        _ => "",
    };

    private static string Summary(RuleDifference difference)
    {
        if (difference.Changes.Count == 0) return "nothing to do";
        var (removed, added) = (difference.Changes.Sum(change => change.Removed.Count), difference.Changes.Sum(change => change.Added.Count));
        return $"a sync would add {Count(PlaceChangeKind.Add)}, rewrite {Count(PlaceChangeKind.Rewrite)} and remove {Count(PlaceChangeKind.Remove)} (+{added} -{removed} lines); nothing was written";

        int Count(PlaceChangeKind kind) => difference.Changes.Count(change => change.Kind == kind);
    }
}
