using MiniK8s.Api.Core.V1;

namespace MiniK8s.ControllerManager.Tests.EndpointSlices;

public sealed class SlicePackingTests
{
    private readonly SliceWorld world = new();

    [Theory]
    [InlineData(100, new[] { 100, 100, 50 })]
    [InlineData(50, new[] { 50, 50, 50, 50, 50 })]
    [InlineData(80, new[] { 80, 80, 80, 10 })]
    [InlineData(150, new[] { 150, 100 })]
    [InlineData(250, new[] { 250 })]
    public void L5_250_pods_are_cut_into_full_slices(int max, int[] sizes)
    {
        world.MaxPerSlice = max;
        world.Pods = Sample.Pods(250);
        world.Sync();
        Assert.Equal(sizes, world.Sizes);
        Assert.Equal(250, world.Members.Distinct().Count());
        Assert.True(world.Sync().IsEmpty);
    }

    [Fact]
    public void L3_L17_equal_endpoints_in_another_order_are_not_written()
    {
        world.Pods = Sample.Pods(30);
        world.Sync();
        world.Slices[0] = world.Slices[0] with { Endpoints = [.. world.Slices[0].Endpoints.Reverse()] };
        Assert.True(world.Sync().IsEmpty);

        world.Pods = [.. world.Pods.Select(p => p.WithMetadata(p.Metadata with { ResourceVersion = "99" }))];
        Assert.True(world.Sync().IsEmpty);
    }

    [Fact]
    public void L6_new_pods_go_into_the_one_slice_that_has_room_for_all()
    {
        var pods = Sample.Pods(110);
        world.Pods = pods.Take(62).ToList();
        world.MaxPerSlice = 61;
        world.Sync();
        Assert.Equal([61, 1], world.Sizes);

        world.MaxPerSlice = 100;
        world.Pods = pods;
        var plan = world.Sync();
        Assert.Equal((0, 1, 0), (plan.Create.Count, plan.Update.Count, plan.Delete.Count));
        Assert.Equal([61, 49], world.Sizes);
        Assert.Equal(110, world.Members.Distinct().Count());
    }

    [Fact]
    public void L6_without_a_slice_that_takes_them_all_they_get_one_of_their_own()
    {
        world.MaxPerSlice = 70;
        world.Pods = Sample.Pods(140);
        world.Sync();
        world.Pods = [.. world.Pods.Take(60), .. world.Pods.Skip(70).Take(60)];
        world.Sync();
        Assert.Equal([60, 60], world.Sizes);

        world.Pods = Sample.Pods(145).Where(p => world.Pods.All(o => o.Metadata.Name != p.Metadata.Name)).Concat(world.Pods).ToList();
        var plan = world.Sync();
        Assert.Equal((1, 0), (plan.Create.Count, plan.Update.Count));
        Assert.Equal([60, 60, 25], world.Sizes);
    }

    [Fact]
    public void L10_slices_that_change_anyway_are_filled_first()
    {
        world.MaxPerSlice = 10;
        world.Pods = Sample.Pods(20);
        world.Sync();
        var leaver = world.Slices[0].Endpoints[3].TargetRef!.Name;
        world.Pods = [.. world.Pods.Where(p => p.Metadata.Name != leaver), Sample.Pod("new", "10.244.9.9")];
        var plan = world.Sync();
        Assert.Equal((0, 1, 0), (plan.Create.Count, plan.Update.Count, plan.Delete.Count));
        Assert.Equal([10, 10], world.Sizes);
    }

    [Fact]
    public void L7_change_of_ports_updates_the_slices_in_place()
    {
        world.Pods = Sample.Pods(250);
        world.Sync();
        var names = world.Slices.Select(s => s.Metadata.Name).Order().ToList();
        world.Service = world.Service.With(s => s with { Ports = [s.Ports[0] with { TargetPort = 9000 }] });
        var plan = world.Sync();
        Assert.Equal((0, 3, 0), (plan.Create.Count, plan.Update.Count, plan.Delete.Count));
        Assert.Equal(names, world.Slices.Select(s => s.Metadata.Name).Order());
        Assert.All(world.Slices, s => Assert.Equal(9000, s.Ports.Single().Port));
    }

    [Fact]
    public void L9_slices_that_empty_are_deleted_and_the_others_stay()
    {
        world.MaxPerSlice = 10;
        world.Pods = Sample.Pods(100);
        world.Sync();
        var keep = world.Slices.Take(3).SelectMany(s => s.Endpoints).Select(e => e.TargetRef!.Name).ToHashSet();
        world.Pods = [.. world.Pods.Where(p => keep.Contains(p.Metadata.Name))];
        var plan = world.Sync();
        Assert.Equal((0, 0, 7), (plan.Create.Count, plan.Update.Count, plan.Delete.Count));
        Assert.Equal([10, 10, 10], world.Sizes);
    }

    [Fact]
    public void Last_pod_gone_turns_its_slice_into_the_placeholder()
    {
        world.MaxPerSlice = 1;
        world.Pods = Sample.Pods(2);
        world.Sync();
        world.Pods = [];
        var plan = world.Sync();
        Assert.Equal((0, 1, 1), (plan.Create.Count, plan.Update.Count, plan.Delete.Count));
        Assert.Equal([0], world.Sizes);
        Assert.True(world.Sync().IsEmpty);
    }

    [Fact]
    public void L11_slices_of_a_family_that_is_not_the_services_are_deleted()
    {
        world.Pods = Sample.Pods(1);
        world.Sync();
        world.Slices.Add(world.Slices[0] with { AddressType = "IP", Metadata = world.Slices[0].Metadata with { Name = "old" } });
        Assert.Equal("old", Assert.Single(world.Sync().Delete).Metadata.Name);
    }

    [Fact]
    public void L12_recreated_service_does_not_take_over_the_slices_of_the_last_one()
    {
        world.Pods = Sample.Pods(1);
        world.Sync();
        var old = world.Slices.Single().Metadata.Name;
        world.Service = world.Service.WithMetadata(world.Service.Metadata with { Uid = "uid-new" });
        var plan = world.Sync();
        Assert.Equal(old, Assert.Single(plan.Delete).Metadata.Name);
        Assert.NotEqual(old, Assert.Single(plan.Create).Metadata.Name);
        Assert.Equal("uid-new", world.Slices.Single().Metadata.OwnerReferences.Single().Uid);
    }

    [Fact]
    public void Deciding_twice_from_one_state_asks_for_the_same_names()
    {
        world.Pods = Sample.Pods(250);
        var (first, second) = (world.Plan().Plan, world.Plan().Plan);
        Assert.Equal(3, first.Create.Select(s => s.Metadata.Name).Distinct().Count());
        Assert.Equal(first.Create.Select(s => s.Metadata.Name), second.Create.Select(s => s.Metadata.Name));
    }

    [Fact]
    public void Any_walk_of_pods_keeps_every_pod_once_and_settles()
    {
        const int Seed = 20250301;
        var random = new Random(Seed);
        world.MaxPerSlice = 7;
        var all = Sample.Pods(60);
        for (var step = 0; step < 200; step++)
        {
            world.Pods = [.. all.Where(_ => random.Next(100) < 60).Select(p => random.Next(10) == 0 ? p.WithStatus(NotReady) : p)];
            world.Sync();
            Assert.Equal(world.Pods.Select(p => p.Metadata.Name!).Order(), world.Members);
            Assert.All(world.Sizes, size => Assert.True(size is > 0 and <= 7 || world.Pods.Count == 0, $"seed {Seed}, step {step}: a slice of {size}"));
            Assert.True(world.Sync().IsEmpty, $"seed {Seed}, step {step}: the second plan from the same state writes");
        }
    }

    private static PodStatus NotReady(PodStatus status) => status with { Conditions = [new PodCondition { Type = "Ready", Status = "False" }] };
}
