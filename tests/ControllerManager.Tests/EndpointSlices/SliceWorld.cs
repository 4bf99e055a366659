using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.ControllerManager.EndpointSlices;
using MiniK8s.ControllerManager.EndpointSlices.Topology;

namespace MiniK8s.ControllerManager.Tests.EndpointSlices;

/// <summary>Slices as the API would hold them: plans are carried out here, and the world is looked at afterwards.</summary>
internal sealed class SliceWorld
{
    private int version = 100;

    public Service Service { get; set; } = Sample.Service();

    public IReadOnlyList<Pod> Pods { get; set; } = [];

    public Func<string, Node?> Nodes { get; set; } = Sample.Node;

    public ZoneShares Shares { get; set; } = ZoneShares.Of([]);

    public int MaxPerSlice { get; set; } = 100;

    public List<EndpointSlice> Slices { get; } = [];

    /// <summary>Plans and carries out; the answer says what was written.</summary>
    public SlicePlan Sync(DateTimeOffset? triggerTime = null)
    {
        var plan = Plan(triggerTime).Plan;
        foreach (var gone in plan.Delete) Assert.Equal(1, Slices.RemoveAll(s => s.Metadata.Name == gone.Metadata.Name));
        foreach (var changed in plan.Update)
        {
            var index = Slices.FindIndex(s => s.Metadata.Name == changed.Metadata.Name);
            Assert.Equal(Slices[index].Metadata.ResourceVersion, changed.Metadata.ResourceVersion);
            Assert.Equal(Slices[index].AddressType, changed.AddressType);
            Slices[index] = Stored(changed);
        }

        foreach (var made in plan.Create)
        {
            Assert.DoesNotContain(Slices, s => s.Metadata.Name == made.Metadata.Name);
            Slices.Add(Stored(made));
        }

        return plan;
    }

    public (SlicePlan Plan, IReadOnlyList<Pod> OnMissingNodes) Plan(DateTimeOffset? triggerTime = null) => EndpointSlicePlanner.Plan(new()
    {
        Service = Service, Pods = Pods, Existing = [.. Slices], Nodes = Nodes, MaxPerSlice = MaxPerSlice, TriggerTime = triggerTime, Shares = Shares,
    });

    /// <summary>How many endpoints each slice holds, the fullest first.</summary>
    public int[] Sizes => [.. Slices.Select(s => s.Endpoints.Count).OrderDescending()];

    /// <summary>Which pods are in slices, each time they are.</summary>
    public IEnumerable<string> Members => Slices.SelectMany(s => s.Endpoints).Select(e => e.TargetRef!.Name!).Order();

    private EndpointSlice Stored(EndpointSlice slice) => slice.WithMetadata(slice.Metadata with { ResourceVersion = $"{++version}" });
}
