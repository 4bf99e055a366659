using System.ComponentModel;
using MiniK8s.Proxy.Iptables;
using MiniK8s.Proxy.Ipvs;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Explain;

/// <summary>
/// Compares virtual servers, sets and the device's addresses with what a full sync would make of them, and the rules beside them as
/// <see cref="ChainDifference"/> does.
/// </summary>
/// <param name="settings">What shapes them.</param>
/// <param name="open">Opens the kernel, which is only read.</param>
/// <param name="save">The output of iptables-save.</param>
internal sealed class IpvsDryRun(IpvsSettings settings, Func<IIpvsKernel> open, Func<CancellationToken, Task<byte[]>> save) : IDryRun
{
    /// <inheritdoc/>
    public async Task<RuleDifference> CompareAsync(ProxyModel model, CancellationToken cancellationToken)
    {
        var saved = await ChainDifference.SavedAsync(save, cancellationToken);
        var planner = new IpvsPlanner(settings);
        var operations = planner.Full(model, Read());
        var script = IpvsRules.Full(settings.Rules, planner.Redirections, KernelTables.Parse(saved)).ToBytes();
        return new RuleDifference([.. PlacesOf(operations), .. ChainDifference.Of(saved, script.Span)]);
    }

    private KernelState Read()
    {
        try
        {
            using var kernel = open();
            return kernel.Read(settings.Family);
        }
        catch (Exception e) when (e is IpvsException or Win32Exception)
        {
            throw new DryRunException($"the kernel's virtual servers and sets cannot be read (that takes root): {e.Message}", e);
        }
    }

    private static IEnumerable<PlaceChange> PlacesOf(IpvsOperations operations) => operations.BeforeRules.Concat(operations.AfterRules)
        .GroupBy(PlaceOf)
        .OrderBy(place => place.Key, StringComparer.Ordinal)
        .Select(place => new PlaceChange(place.Key, KindOf(place), LinesOf(place, goes: true), LinesOf(place, goes: false)));

    private static string PlaceOf(IpvsOperation operation) => operation switch
    {
        IpvsOperation.AddServer add => $"ipvs {add.Server}",
        IpvsOperation.EditServer edit => $"ipvs {edit.Server}",
        IpvsOperation.DeleteServer delete => $"ipvs {delete.Server}",
        IpvsOperation.AddReal add => $"ipvs {add.Server}",
        IpvsOperation.EditReal edit => $"ipvs {edit.Server}",
        IpvsOperation.DeleteReal delete => $"ipvs {delete.Server}",
        IpvsOperation.AddEntry add => $"ipset {IpSets.NameOf(add.Entry.Set, add.Family)}",
        IpvsOperation.DeleteEntry delete => $"ipset {IpSets.NameOf(delete.Entry.Set, delete.Family)}",
        _ => $"device {IpvsDevice.Name}",
    };

    private static PlaceChangeKind KindOf(IEnumerable<IpvsOperation> operations) =>
        operations.Any(operation => operation is IpvsOperation.AddServer) ? PlaceChangeKind.Add
        : operations.Any(operation => operation is IpvsOperation.DeleteServer) ? PlaceChangeKind.Remove
        : PlaceChangeKind.Rewrite;

    private static List<string> LinesOf(IEnumerable<IpvsOperation> operations, bool goes) =>
        [.. operations.Where(operation => Goes(operation) == goes).Select(operation => operation.ToString()).Order(StringComparer.Ordinal)];

    /// <summary>A real server that loses its weight takes nothing new: it goes with its last connection.</summary>
    private static bool Goes(IpvsOperation operation) =>
        operation is IpvsOperation.DeleteServer or IpvsOperation.DeleteReal or IpvsOperation.EditReal { Weight: 0 } or IpvsOperation.Unbind or IpvsOperation.DeleteEntry;
}
