using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Nftables;

namespace MiniK8s.Proxy.Explain;

/// <summary>
/// Compares a table with the one that a full sync would make in its place: the elements of sets and maps one by one, chains by the
/// number of their rules and of the rules' expressions, as the proxy's own check does.
/// </summary>
/// <param name="settings">What shapes the table.</param>
/// <param name="open">Opens the way to the kernel.</param>
internal sealed class NftDryRun(NftSettings settings, Func<INftKernel> open) : IDryRun
{
    /// <inheritdoc/>
    public Task<RuleDifference> CompareAsync(ProxyModel model, CancellationToken cancellationToken)
    {
        var wanted = NftContentText.Of(settings, model).Places;
        var found = Found().Places;
        var changes = wanted.Keys.Union(found.Keys).Order(StringComparer.Ordinal)
            .Select(place => Difference(place, found.GetValueOrDefault(place), wanted.GetValueOrDefault(place)));
        return Task.FromResult(new RuleDifference([.. changes.OfType<PlaceChange>()]));
    }

    private NftContentText Found()
    {
        var kernel = open();
        try
        {
            var found = new NftContentText(settings.Family);
            kernel.Read(settings.Family, found);
            return found;
        }
        catch (NftException e)
        {
            throw new DryRunException($"the kernel's table cannot be read (that takes root): {e.Message}", e);
        }
        finally
        {
            (kernel as IDisposable)?.Dispose();
        }
    }

    private static PlaceChange? Difference(string place, List<string>? before, List<string>? after)
    {
        var (removed, added) = (Without(before ?? [], after ?? []), Without(after ?? [], before ?? []));
        // What chooses among so many endpoints is made once, and stays for the next Service that has as many.
        if (place.StartsWith("chain choose", StringComparison.Ordinal) && added.Count == 0) return null;
        if (before is not null && after is not null && removed.Count == 0 && added.Count == 0) return null;
        // Of a set without elements nothing is told, so that it seems to come and go with them; it does not.
        var kind = before is null && IsChain(place) ? PlaceChangeKind.Add : after is null && IsChain(place) ? PlaceChangeKind.Remove : PlaceChangeKind.Rewrite;
        return new PlaceChange(place, kind, [.. removed.Order(StringComparer.Ordinal)], [.. added.Order(StringComparer.Ordinal)]);
    }

    private static bool IsChain(string place) => place.StartsWith("chain ", StringComparison.Ordinal);

    /// <summary>The lines of one list that the other lacks, each of which counts once.</summary>
    private static List<string> Without(List<string> lines, List<string> others)
    {
        var left = others.CountBy(line => line).ToDictionary(StringComparer.Ordinal);
        var only = new List<string>();
        foreach (var line in lines)
        {
            if (left.TryGetValue(line, out var count) && count > 0) left[line] = count - 1;
            else only.Add(line);
        }
        return only;
    }
}
