using System.Net;
using BenchmarkDotNet.Attributes;
using MiniK8s.Api;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Client.Caching;
using MiniK8s.Proxy.Iptables;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Tracking;

namespace MiniK8s.Benchmarks.Micro;

/// <summary>The bytes for iptables-restore: all of them, and those of one endpoint that comes and goes.</summary>
[MemoryDiagnoser, ShortRunJob]
public class RuleBenchmarks
{
    private const int Endpoints = 10;

    private readonly IptablesSettings settings = new() { Family = IpFamily.V4, PodCidr = IPNetwork.Parse("10.244.0.0/16") };
    private ScriptBuilder builder = null!;
    private ChangeTracker tracker = null!;
    private ProxyModel model = null!;
    private bool isShort;

    /// <summary>How many Services there are, with ten endpoints each.</summary>
    [Params(100, 1000, 5000)]
    public int Services { get; set; }

    /// <summary>Makes the model.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        builder = new ScriptBuilder(settings);
        tracker = new ChangeTracker(new TrackerOptions(settings.Family, "node", Balancing.Random));
        for (var number = 0; number < Services; number++)
        {
            var service = Objects.Service(number);
            tracker.Apply(new CacheChange<Api.Core.V1.Service>(ObjectKey.Of(service), null, service));
            Apply(number, Endpoints);
        }

        model = tracker.Take().Current;
    }

    /// <summary>As after the start or a failure.</summary>
    [Benchmark]
    public int Full() => builder.Full(model, KernelTables.Empty).ToBytes().Length;

    /// <summary>As after the change of one endpoint: through the tracker to the bytes.</summary>
    [Benchmark]
    public int OneEndpoint()
    {
        isShort = !isShort;
        Apply(Services / 2, isShort ? Endpoints - 1 : Endpoints);
        return builder.Partial(tracker.Take()).ToBytes().Length;
    }

    private void Apply(int number, int endpoints)
    {
        var slice = Objects.Slice(number, endpoints);
        tracker.Apply(new CacheChange<EndpointSlice>(ObjectKey.Of(slice), null, slice));
    }
}
