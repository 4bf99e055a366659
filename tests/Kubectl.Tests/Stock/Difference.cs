using MiniK8s.Kubectl.Tests.World;

namespace MiniK8s.Kubectl.Tests.Stock;

/// <summary>Compares what two programs said.</summary>
internal static class Difference
{
    /// <summary>Fails where they differ, and shows the first line that does.</summary>
    public static void Require(string line, Run stock, Run ours)
    {
        if (stock == ours) return;
        var (theirs, own) = (Lines(stock), Lines(ours));
        var at = Enumerable.Range(0, Math.Max(theirs.Length, own.Length)).First(index => theirs.ElementAtOrDefault(index) != own.ElementAtOrDefault(index));
        Assert.Fail($"kubectl {line}: the outputs differ first in\nstock: [{theirs.ElementAtOrDefault(at)}]\nours:  [{own.ElementAtOrDefault(at)}]\nall of ours:\n{ours.Output}{ours.Error}");
    }

    private static string[] Lines(Run run) => $"code {run.Code}\n{run.Output}\0errors\n{run.Error}".Split('\n');
}
