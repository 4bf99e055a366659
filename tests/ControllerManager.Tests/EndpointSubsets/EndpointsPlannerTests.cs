using MiniK8s.Api.Core.V1;
using MiniK8s.ControllerManager.EndpointSubsets;

namespace MiniK8s.ControllerManager.Tests.EndpointSubsets;

public sealed class EndpointsPlannerTests
{
    private Service service = Sample.Service();
    private Endpoints? existing;

    /// <summary>Plans and carries out.</summary>
    private EndpointsPlan Sync(params IEnumerable<Pod> pods)
    {
        var plan = EndpointsPlanner.Plan(service, [.. pods], existing, null);
        existing = plan switch
        {
            EndpointsPlan.Create create => create.Value.WithMetadata(create.Value.Metadata with { ResourceVersion = "1" }),
            EndpointsPlan.Update update => update.Value,
            _ => existing,
        };
        return plan;
    }

    /// <summary>The subsets in one line: ready / not ready : ports.</summary>
    private string Shape => string.Join("; ", existing!.Subsets.Select(s =>
        $"{string.Join(',', s.Addresses.Select(a => a.Ip))}/{string.Join(',', s.NotReadyAddresses.Select(a => a.Ip))}:{string.Join(',', s.Ports.Select(p => $"{p.Name}={p.Port}"))}"));

    [Fact]
    public void E3_service_without_pods_gets_an_object_without_subsets()
    {
        Assert.IsType<EndpointsPlan.Create>(Sync());
        Assert.Empty(existing!.Subsets);
        Assert.IsType<EndpointsPlan.Nothing>(Sync());
    }

    [Fact]
    public void E6_ready_and_other_pods_stand_apart_in_one_subset()
    {
        Sync(Sample.Pod("a"), Sample.Pod("b", "10.244.1.2", ready: false));
        Assert.Equal("10.244.1.1/10.244.1.2:http=8080", Shape);
        var address = existing!.Subsets[0].Addresses[0];
        Assert.Equal(("n1", "Pod", "a", "uid-a"), (address.NodeName, address.TargetRef!.Kind, address.TargetRef.Name, address.TargetRef.Uid));
    }

    [Fact]
    public void E11_publishing_service_takes_all_that_run_terminating_ones_too()
    {
        Pod[] pods = [Sample.Pod("a", ready: false), Sample.Pod("b", "10.244.1.2").Terminating(), Sample.Pod("c", "10.244.1.3").WithStatus(s => s with { Phase = "Failed" })];
        Sync(pods);
        Assert.Equal("/10.244.1.1:http=8080", Shape);
        service = service.With(s => s with { PublishNotReadyAddresses = true });
        Sync(pods);
        Assert.Equal("10.244.1.1,10.244.1.2/:http=8080", Shape);
    }

    [Fact]
    public void E16_addresses_are_in_the_order_of_numbers_and_once_each()
    {
        Sync(Sample.Pod("a", "10.244.1.10"), Sample.Pod("b", "10.244.1.9"), Sample.Pod("a", "10.244.1.10"));
        Assert.Equal("10.244.1.9,10.244.1.10/:http=8080", Shape);
    }

    [Fact]
    public void E16_pods_are_grouped_by_the_ports_they_have()
    {
        service = service.With(s => s with
        {
            Ports = [new() { Name = "a", Port = 80, Protocol = "TCP", TargetPort = "http" }, new() { Name = "b", Port = 81, Protocol = "TCP", TargetPort = 8081 }],
        });
        var bare = Sample.Pod("q", "10.244.1.2").With(s => s with { Containers = [new Container { Name = "x" }] });
        Sync(Sample.Pod("p"), bare);
        Assert.Equal("10.244.1.1/:a=8080,b=8081; 10.244.1.2/:b=8081", Shape);
    }

    [Fact]
    public void E10_headless_service_without_ports_has_addresses_without_ports_and_the_label()
    {
        service = service.With(s => s with { ClusterIP = "None", ClusterIPs = ["None"], Ports = [] });
        Sync(Sample.Pod("p"));
        Assert.Equal("10.244.1.1/:", Shape);
        Assert.Equal("", existing!.Metadata.Labels["service.kubernetes.io/headless"]);

        service = Sample.Service();
        Sync(Sample.Pod("p"));
        Assert.Empty(existing!.Metadata.Labels);
    }

    [Fact]
    public void E7_E17_equal_content_in_another_order_or_with_new_versions_is_not_written()
    {
        Sync(Sample.Pod("a"), Sample.Pod("b", "10.244.1.2"));
        var subset = existing!.Subsets[0];
        existing = existing with
        {
            Subsets = [subset with { Addresses = [.. subset.Addresses.Reverse().Select(a => a with { TargetRef = a.TargetRef! with { ResourceVersion = "8" } })] }],
        };
        Assert.IsType<EndpointsPlan.Nothing>(Sync(Sample.Pod("b", "10.244.1.2"), Sample.Pod("a")));
        Assert.IsType<EndpointsPlan.Update>(Sync(Sample.Pod("b", "10.244.1.2"), Sample.Pod("a", node: "n2")));
    }

    [Fact]
    public void E8_labels_of_the_service_are_copied()
    {
        Sync();
        service = service.WithMetadata(service.Metadata with { Labels = Sample.Map(("tier", "front")) });
        Assert.IsType<EndpointsPlan.Update>(Sync());
        Assert.Equal("front", existing!.Metadata.Labels["tier"]);
    }

    [Fact]
    public void E15_more_than_a_thousand_addresses_are_cut_ready_ones_first_and_said_so()
    {
        Sync(Sample.Pods(1200).Select((p, i) => i < 400 ? Sample.Pod(p.Metadata.Name!, p.Status!.PodIP!, ready: false) : p));
        Assert.Equal(800, existing!.Subsets.Sum(s => s.Addresses.Count));
        Assert.Equal(200, existing.Subsets.Sum(s => s.NotReadyAddresses.Count));
        Assert.Equal("truncated", existing.Metadata.Annotations["endpoints.kubernetes.io/over-capacity"]);

        Sync(Sample.Pod("a"));
        Assert.DoesNotContain("endpoints.kubernetes.io/over-capacity", existing.Metadata.Annotations.Keys);
    }

    [Fact]
    public void E15_every_subset_keeps_its_share_of_a_cut()
    {
        EndpointSubset Subset(int count, int port) => new()
        {
            Addresses = [.. Enumerable.Range(0, count).Select(i => new EndpointAddress { Ip = $"10.{port}.{i / 250}.{i % 250}" })],
            Ports = [new EndpointPort { Port = port }],
        };
        var (subsets, truncated) = SubsetLimit.Apply([Subset(900, 1), Subset(300, 2), Subset(1, 3)], 1000);
        Assert.True(truncated);
        Assert.Equal(1000, subsets.Sum(s => s.Addresses.Count));
        Assert.InRange(subsets[1].Addresses.Count, 249, 251);
    }
}
