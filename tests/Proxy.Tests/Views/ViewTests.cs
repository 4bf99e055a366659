using System.Text;
using System.Text.Json;
using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Api.Serialization;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Tests.Kit;
using MiniK8s.Proxy.Tracking;
using MiniK8s.Proxy.Views;

namespace MiniK8s.Proxy.Tests.Views;

/// <summary>A part of an object must tell the readers the same as the whole.</summary>
public sealed class ViewTests
{
    private readonly ServiceReader services = new(IpFamily.V4, Balancing.Random);
    private readonly SliceReader slices = new(IpFamily.V4, Given.NodeName);

    /// <summary>Services that have every field that any reader asks for.</summary>
    public static TheoryData<string, Service> Services { get; } = new()
    {
        { "plain", Given.Service("web", "10.96.0.1") },
        { "node ports", Given.Service("web", "10.96.0.1", spec => spec with { Type = "NodePort", Ports = [Given.Port("a", 80, 30080), Given.Port("b", 53, 30053, "UDP"), Given.Port(null, 5000, null, "SCTP")] }) },
        { "load balancer", Balanced() },
        { "external addresses", Given.Service("web", "10.96.0.1", spec => spec with { ExternalIPs = ["192.0.2.9", "2001:db8::9"], ExternalTrafficPolicy = "Local" }) },
        { "affinity", Given.Service("web", "10.96.0.1", spec => spec with { SessionAffinity = "ClientIP", SessionAffinityConfig = new() { ClientIP = new() { TimeoutSeconds = 77 } } }) },
        { "affinity without a time", Given.Service("web", "10.96.0.1", spec => spec with { SessionAffinity = "ClientIP", SessionAffinityConfig = new() }) },
        { "policy Local inside", Given.Service("web", "10.96.0.1", spec => spec with { InternalTrafficPolicy = "Local" }) },
        { "two families", Given.Service("web", "10.96.0.1", spec => spec with { ClusterIPs = ["fd00::1", "10.96.0.1"], ClusterIP = "fd00::1" }) },
        { "headless", Given.Service("web", "None") },
        { "alias", Given.Service("web", "", spec => spec with { Type = "ExternalName", ExternalName = "elsewhere.example" }) },
        { "another proxy's", Labelled("service.kubernetes.io/service-proxy-name", "other") },
        { "headless by label", Labelled("service.kubernetes.io/headless", "") },
        { "round robin", Annotated("minik8s.io/balancing", "round-robin") },
        { "without a spec", new Service { Metadata = new ObjectMeta { Name = "web", Namespace = "shop" } } },
    };

    [Theory]
    [MemberData(nameof(Services))]
    public void A_part_of_a_Service_gives_the_same_rules_as_the_whole(string what, Service service)
    {
        _ = what;
        AssertSame(service);
    }

    [Fact]
    public void Parts_of_random_objects_give_the_same_rules_as_the_wholes()
    {
        var world = new Comparison(this);
        var objects = new RandomObjects(new Random(20), 8);
        for (var edit = 0; edit < 3000; edit++) objects.Edit(world);
        Assert.True(world.Services > 500 && world.Slices > 1000, $"only {world.Services} Services and {world.Slices} slices were compared");
    }

    [Fact]
    public void The_time_of_the_change_that_a_slice_tells_of_is_read()
    {
        var slice = Given.Slice("web", Given.Local("10.244.1.1"));
        slice = slice with { Metadata = slice.Metadata with { Annotations = new Dictionary<string, string> { ["endpoints.kubernetes.io/last-change-trigger-time"] = "2026-11-28T10:00:00Z", ["other"] = "x" } } };
        AssertSame(slice);
        Assert.NotNull(SliceReader.TriggerOf(Part(slice)));
    }

    [Theory]
    [InlineData("service.kubernetes.io/service-proxy-name")]
    [InlineData("service.kubernetes.io/headless")]
    public void A_label_that_leaves_a_slice_to_others_is_read(string label)
    {
        var slice = Given.Slice("web", Given.Local("10.244.1.1"));
        slice = slice with { Metadata = slice.Metadata with { Labels = new Dictionary<string, string>(slice.Metadata.Labels) { [label] = "" } } };
        AssertSame(slice);
        Assert.Null(slices.ServiceOf(Part(slice)));
    }

    [Fact]
    public void What_no_rule_is_made_of_is_not_read()
    {
        var endpoint = Given.Local("10.244.1.1") with { TargetRef = new() { Kind = "Pod", Name = "web-1" }, Zone = "a", Hostname = "h" };
        var slice = Given.Slice("web", endpoint);
        slice = slice with { Metadata = slice.Metadata with { Labels = new Dictionary<string, string>(slice.Metadata.Labels) { ["app"] = "web" }, Uid = "u" } };
        var part = Part(slice);
        Assert.Null(part.Metadata.Uid);
        Assert.Equal(["kubernetes.io/service-name"], part.Metadata.Labels.Keys);
        Assert.Null(Assert.Single(part.Endpoints).TargetRef);
        AssertSame(slice);
    }

    [Fact]
    public void A_part_makes_less_than_half_of_the_garbage_of_the_whole()
    {
        var pods = Enumerable.Range(1, 10).Select(pod => Given.Remote($"10.244.2.{pod}") with { Zone = "a", TargetRef = new() { Kind = "Pod", Namespace = "shop", Name = $"web-7f6c5b8d9-{pod}", Uid = "0b7d1c3a-4c1d-4b7a-9a39-0123456789ab" } });
        var json = ApiSerializer.Serialize(Given.Slice("web", [.. pods]));

        Assert.InRange(Garbage<SliceView>(json), 1, Garbage<EndpointSlice>(json) / 2);
    }

    [Fact]
    public void Nulls_count_as_absent()
    {
        var service = Read<ServiceView>("""{"metadata":{"name":"web","labels":null,"annotations":null},"spec":{"ports":null,"clusterIPs":null,"type":null,"healthCheckNodePort":null,"sessionAffinityConfig":{"clientIP":null}},"status":{"loadBalancer":null}}""").Service;
        Assert.Empty(service.Spec!.Ports);
        Assert.Null(service.Status);
        var slice = Read<SliceView>("""{"metadata":null,"addressType":"IPv4","ports":null,"endpoints":[{"addresses":["10.0.0.1"],"conditions":null,"hints":null,"nodeName":null},{"addresses":null,"conditions":{"ready":null},"hints":{"forZones":null}}]}""").Slice;
        Assert.Equal(2, slice.Endpoints.Count);
        Assert.Empty(slice.Endpoints[1].Addresses);
        Assert.Null(Read<ServiceView>("""{"spec":null,"status":null}""").Service.Spec);
    }

    [Theory]
    [InlineData("""[]""")]
    [InlineData("""{"endpoints":{}}""")]
    [InlineData("""{"endpoints":[null]}""")]
    [InlineData("""{"endpoints":[{"addresses":[null]}]}""")]
    [InlineData("""{"endpoints":[{"addresses":[7]}]}""")]
    [InlineData("""{"endpoints":[{"conditions":{"ready":"true"}}]}""")]
    [InlineData("""{"ports":[{"port":"80"}]}""")]
    [InlineData("""{"ports":[{"port":80.5}]}""")]
    [InlineData("""{"metadata":[]}""")]
    [InlineData("""{"metadata":{"name":7}}""")]
    [InlineData("""{"endpoints":[{"addresses":["10.0.0.1"]""")]
    [InlineData("null")]
    public void What_is_no_slice_is_refused_as_any_wrong_JSON_is(string json) => Assert.Throws<JsonException>(() => Read<SliceView>(json));

    [Fact]
    public void The_kind_that_the_text_gives_is_kept_for_whoever_checks_it()
    {
        var view = Read<SliceView>("""{"kind":"Pod","apiVersion":"v2"}""");
        Assert.Equal(("Pod", "v2"), (view.Kind, view.ApiVersion));
        Assert.Equal(("EndpointSlice", "discovery.k8s.io/v1"), (Read<SliceView>("{}").Kind, Read<SliceView>("{}").ApiVersion));
    }

    /// <summary>A list comes from the network in pieces, which end anywhere.</summary>
    [Fact]
    public async Task Lists_are_read_however_they_are_cut()
    {
        var items = Enumerable.Range(0, 40).Select(number => Given.Slice($"s{number}", Given.Local($"10.244.1.{number + 1}"), Given.Remote("10.244.2.1"))).ToList();
        var json = ApiSerializer.Serialize(new KubeList<EndpointSlice> { Items = items, Metadata = new ListMeta { ResourceVersion = "9", Continue = "more" } });
        var list = await JsonSerializer.DeserializeAsync(new OneByteStream(json), SliceView.ListJson);
        Assert.Equal(("9", "more"), (list!.Metadata.ResourceVersion, list.Metadata.Continue));
        Assert.Equal(items.Select(slice => slices.Read(slice)), list.Items.Select(view => slices.Read(view.Slice)));
    }

    private static T Read<T>(string json) where T : class, IResource<T> => ApiSerializer.Read<T>(Encoding.UTF8.GetBytes(json));

    private static long Garbage<T>(byte[] json) where T : class, IResource<T>
    {
        // The first makes what is kept.
        ApiSerializer.Read<T>(json);
        var before = GC.GetAllocatedBytesForCurrentThread();
        ApiSerializer.Read<T>(json);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static EndpointSlice Part(EndpointSlice slice) => ApiSerializer.Read<SliceView>(ApiSerializer.Serialize(slice)).Slice;

    private void AssertSame(EndpointSlice slice)
    {
        var part = Part(slice);
        Assert.Equal(ObjectKey.Of(slice), ObjectKey.Of(part));
        Assert.Equal(slices.ServiceOf(slice), slices.ServiceOf(part));
        Assert.Equal(slices.Read(slice), slices.Read(part));
        Assert.Equal(SliceReader.TriggerOf(slice), SliceReader.TriggerOf(part));
    }

    private void AssertSame(Service service)
    {
        service = service with { Metadata = service.Metadata with { ResourceVersion = "12" } };
        var part = ApiSerializer.Read<ServiceView>(ApiSerializer.Serialize(service)).Service;
        Assert.Equal(ObjectKey.Of(service), ObjectKey.Of(part));
        Assert.Equal("12", part.Metadata.ResourceVersion);
        Assert.Equal(services.WhyNot(service), services.WhyNot(part));
        Assert.Equal(services.Read(service), services.Read(part));
    }

    private static Service Balanced() => Given.Service("web", "10.96.0.1", spec => spec with
    {
        Type = "LoadBalancer", ExternalTrafficPolicy = "Local", HealthCheckNodePort = 31234, LoadBalancerSourceRanges = ["203.0.113.0/24", "2001:db8::/32"], Ports = [Given.Port("http", 80, 30080)],
    }) with
    {
        Status = new() { LoadBalancer = new() { Ingress = [new() { Ip = "198.51.100.1" }, new() { Ip = "198.51.100.2", IpMode = "Proxy" }, new() { Ip = "198.51.100.3", IpMode = "VIP" }, new() { Hostname = "lb.example" }] } },
    };

    private static Service Labelled(string key, string value)
    {
        var service = Given.Service("web", "10.96.0.1");
        return service with { Metadata = service.Metadata with { Labels = new Dictionary<string, string> { ["app"] = "web", [key] = value } } };
    }

    private static Service Annotated(string key, string value)
    {
        var service = Given.Service("web", "10.96.0.1");
        return service with { Metadata = service.Metadata with { Annotations = new Dictionary<string, string> { ["note"] = "x", [key] = value } } };
    }

    /// <summary>Compares all that is put into it.</summary>
    private sealed class Comparison(ViewTests tests) : IRuleWorld
    {
        public int Services { get; private set; }

        public int Slices { get; private set; }

        public ChangeTracker Tracker => throw new NotSupportedException("nothing is kept");

        public void Put(IEnumerable<IResource> values)
        {
            foreach (var value in values)
            {
                if (value is Service service)
                {
                    tests.AssertSame(service);
                    Services++;
                }
                else if (value is EndpointSlice slice)
                {
                    tests.AssertSame(slice);
                    Slices++;
                }
            }
        }

        public void Remove<T>(string name) where T : class, IResource<T>
        {
        }

        public void Sync()
        {
        }

        public string Trace(string source, string destination, string protocol = "tcp") => throw new NotSupportedException("nothing is kept");
    }

    private sealed class OneByteStream(byte[] content) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => base.ReadAsync(buffer[..Math.Min(buffer.Length, 1)], cancellationToken);
    }
}
