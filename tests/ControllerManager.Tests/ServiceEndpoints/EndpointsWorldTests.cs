using System.Diagnostics;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Api.Meta.V1;
using MiniK8s.ControllerManager.Tests.World;
using MiniK8s.TestKit;

namespace MiniK8s.ControllerManager.Tests.ServiceEndpoints;

/// <summary>What users see of a Service's pods in Endpoints and EndpointSlices, with the controllers at work on a real API server.</summary>
public sealed class EndpointsWorldTests : IAsyncLifetime
{
    private TestCluster cluster = null!;

    public async ValueTask InitializeAsync()
    {
        cluster = await TestCluster.StartAsync();
        await cluster.CreateAsync(Fresh(Sample.Node()));
        await cluster.RunControllersAsync();
    }

    public ValueTask DisposeAsync() => cluster.DisposeAsync();

    [Fact]
    public async Task Pods_join_turn_unready_change_labels_and_leave()
    {
        await cluster.CreateAsync(Web());
        await UntilAsync("the Service without pods has an empty list", "");
        await cluster.CreateAsync(Fresh(Sample.Pod("a")));
        await cluster.CreateAsync(Fresh(Sample.Pod("b", "10.244.1.2")));
        await UntilAsync("both pods are in", "10.244.1.1+ 10.244.1.2+");

        await cluster.ChangeAsync<Pod>("default", "b", p => p.WithStatus(s => s with { Conditions = [s.Conditions[0] with { Status = "False" }] }), "status");
        await UntilAsync("the pod that is not ready is marked", "10.244.1.1+ 10.244.1.2-");
        await cluster.ChangeAsync<Pod>("default", "a", p => p.Labelled("app", "other"));
        await UntilAsync("the relabelled pod is out", "10.244.1.2-");
        await cluster.ChangeAsync<Pod>("default", "a", p => p.Labelled("app", "web"));
        await UntilAsync("and in again", "10.244.1.1+ 10.244.1.2-");
        await cluster.Client.DeleteAsync<Pod>("default", "b", new DeleteOptions { GracePeriodSeconds = 0 });
        await UntilAsync("the deleted pod is out", "10.244.1.1+");
    }

    [Fact]
    public async Task Change_of_a_pod_shows_within_a_second()
    {
        await cluster.CreateAsync(Web());
        await UntilAsync("the Service has its empty list", "");
        var watch = Stopwatch.StartNew();
        await cluster.CreateAsync(Fresh(Sample.Pod("a")));
        await UntilAsync("the pod is in", "10.244.1.1+");
        Assert.InRange(watch.ElapsedMilliseconds, 0, 1000);
    }

    [Fact]
    public async Task Deleted_service_leaves_nothing_and_its_successor_starts_anew()
    {
        await cluster.CreateAsync(Fresh(Sample.Pod("a")));
        await cluster.CreateAsync(Web());
        await UntilAsync("the pod is in", "10.244.1.1+");
        var first = (await SlicesAsync()).Single();

        await cluster.Client.DeleteAsync<Service>("default", "web");
        var second = await cluster.CreateAsync(Web());
        await Eventually.TrueAsync(
            async () => (await SlicesAsync()) is [{ } slice] && slice.Metadata.OwnerReferences.Single().Uid == second.Metadata.Uid && slice.Endpoints.Count == 1,
            "the successor has one slice of its own");
        Assert.NotEqual(first.Metadata.Uid, (await SlicesAsync()).Single().Metadata.Uid);

        await cluster.Client.DeleteAsync<Service>("default", "web");
        await Eventually.TrueAsync(
            async () => (await SlicesAsync()).Count == 0 && await cluster.FindAsync<Endpoints>("default", "web") is null, "nothing is left of the Service");
    }

    [Fact]
    public async Task Hand_made_endpoints_are_mirrored_and_survive_without_their_service()
    {
        await cluster.CreateAsync(new Endpoints
        {
            Metadata = new ObjectMeta { Namespace = "default", Name = "web" },
            Subsets = [new EndpointSubset { Addresses = [new EndpointAddress { Ip = "192.0.2.7" }], Ports = [new MiniK8s.Api.Core.V1.EndpointPort { Port = 8080 }] }],
        });
        await cluster.CreateAsync(Web().With(s => s with { Selector = new Dictionary<string, string>() }));
        await Eventually.TrueAsync(
            async () => (await SlicesAsync()) is [{ } slice] && slice.Endpoints.Single().Addresses.Single() == "192.0.2.7"
                && slice.Metadata.Labels["endpointslice.kubernetes.io/managed-by"] == "endpointslicemirroring-controller.k8s.io",
            "a slice repeats the hand-made Endpoints");
        Assert.Equal("192.0.2.7", (await cluster.Client.GetAsync<Endpoints>("default", "web")).Subsets.Single().Addresses.Single().Ip);

        await cluster.ChangeAsync<Endpoints>("default", "web", e => e with { Subsets = [] });
        await Eventually.TrueAsync(async () => (await SlicesAsync()) is [{ Endpoints.Count: 0 }], "the slice follows the Endpoints");
    }

    [Fact]
    public async Task What_others_break_is_mended_and_what_does_not_matter_writes_nothing()
    {
        await cluster.CreateAsync(Web());
        await cluster.CreateAsync(Fresh(Sample.Pod("a")));
        await UntilAsync("the pod is in", "10.244.1.1+");
        var slice = (await SlicesAsync()).Single();
        await cluster.ChangeAsync<EndpointSlice>("default", slice.Metadata.Name!, s => s with { Endpoints = [] });
        await UntilAsync("the emptied slice is filled again", "10.244.1.1+");
        await cluster.Client.DeleteAsync<EndpointSlice>("default", slice.Metadata.Name!);
        await UntilAsync("the deleted slice is made again", "10.244.1.1+");

        var (slices, endpoints) = (await SlicesAsync(), await cluster.Client.GetAsync<Endpoints>("default", "web"));
        await cluster.ChangeAsync<Pod>("default", "a", p => p.WithStatus(s => s with { Message = "busy" }), "status");
        await cluster.ChangeAsync<Pod>("default", "a", p => p.Labelled("extra", "1"));

        // A second Service is served after those changes: whatever they led to has happened by then.
        await cluster.CreateAsync(Sample.Service("second") with { Metadata = new ObjectMeta { Namespace = "default", Name = "second" } });
        await Eventually.TrueAsync(async () => await cluster.FindAsync<Endpoints>("default", "second") is not null, "the second Service is served");
        Assert.Equal(slices.Select(s => s.Metadata.ResourceVersion), (await SlicesAsync()).Select(s => s.Metadata.ResourceVersion));
        Assert.Equal(endpoints.Metadata.ResourceVersion, (await cluster.Client.GetAsync<Endpoints>("default", "web")).Metadata.ResourceVersion);
    }

    [Fact]
    public async Task Two_hundred_and_fifty_pods_fill_three_slices()
    {
        await cluster.CreateAsync(Web());
        await Task.WhenAll(Sample.Pods(250).Select(pod => cluster.CreateAsync(Fresh(pod))));
        await Eventually.TrueAsync(
            async () => (await SlicesAsync()).Sum(s => s.Endpoints.Count) == 250 && (await cluster.Client.GetAsync<Endpoints>("default", "web")).Subsets.Single().Addresses.Count == 250,
            "all pods are in");
        var slices = await SlicesAsync();
        Assert.Equal(250, slices.SelectMany(s => s.Endpoints).Select(e => e.Addresses.Single()).Distinct().Count());
        Assert.All(slices, s => Assert.InRange(s.Endpoints.Count, 1, 100));
    }

    private static Service Web() => Sample.Service() with
    {
        Metadata = new ObjectMeta { Namespace = "default", Name = "web" },
        Spec = Sample.Service().Spec! with { ClusterIP = null, ClusterIPs = [] },
    };

    private static Pod Fresh(Pod pod) => pod.WithMetadata(new ObjectMeta { Namespace = "default", Name = pod.Metadata.Name, Labels = pod.Metadata.Labels });

    private static Node Fresh(Node node) => node.WithMetadata(new ObjectMeta { Name = node.Metadata.Name, Labels = node.Metadata.Labels });

    private async Task<IReadOnlyList<EndpointSlice>> SlicesAsync() =>
        (await cluster.Client.ListAsync<EndpointSlice>("default", new() { LabelSelector = "kubernetes.io/service-name=web" })).Items;

    /// <summary>Waits until both Endpoints and slices of the Service are as told: addresses with + for ready and - for not.</summary>
    private async Task UntilAsync(string because, string expected)
    {
        var seen = "";
        try
        {
            await Eventually.TrueAsync(async () => (seen = await LookAsync()) == $"{expected} | {expected}", because);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{because}: expected {expected}, but Endpoints | slices are {seen}");
        }
    }

    private async Task<string> LookAsync()
    {
        var endpoints = await cluster.FindAsync<Endpoints>("default", "web");
        var legacy = endpoints?.Subsets.SelectMany(s => s.Addresses.Select(a => a.Ip + "+").Concat(s.NotReadyAddresses.Select(a => a.Ip + "-")));
        var slices = await SlicesAsync();
        var modern = slices.SelectMany(s => s.Endpoints).Select(e => e.Addresses.Single() + (e.Conditions!.Ready == true ? "+" : "-"));
        return $"{(legacy is null ? "none" : string.Join(' ', legacy.Order()))} | {(slices.Count == 0 ? "none" : string.Join(' ', modern.Order()))}";
    }
}
