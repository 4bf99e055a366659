using System.Net;
using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Client.Caching;
using MiniK8s.Proxy.Apply;
using MiniK8s.Proxy.Iptables;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Sync;
using MiniK8s.Proxy.Tests.Kit;
using MiniK8s.Proxy.Tracking;

namespace MiniK8s.Proxy.Tests.Sync;

public sealed class IptablesBackendTests : IDisposable
{
    private readonly FakeApplier applier = new();
    private readonly ChangeTracker tracker = new(new TrackerOptions(IpFamily.V4, Given.NodeName, Balancing.Random));
    private readonly IptablesBackend backend;

    public IptablesBackendTests()
    {
        backend = new IptablesBackend(new IptablesSettings { Family = IpFamily.V4, PodCidr = IPNetwork.Parse("10.244.0.0/16") }, applier);
        Add(Given.Service("web", "10.96.0.10"));
        Add(Given.Slice("web", Given.Local("10.244.1.1")));
    }

    [Fact]
    public async Task The_first_sync_is_full_and_the_next_only_the_difference()
    {
        Assert.True((await SyncAsync()).IsFull);

        Add(Given.Slice("web", Given.Local("10.244.1.2")));
        var second = await SyncAsync();

        Assert.False(second.IsFull);
        Assert.DoesNotContain("KUBE-SERVICES", applier.Scripts[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sync_without_a_change_starts_no_process()
    {
        await SyncAsync();

        await SyncAsync();

        Assert.Single(applier.Scripts);
        Assert.Equal(1, applier.Reads);
    }

    [Fact]
    public async Task After_a_failure_the_next_sync_is_full()
    {
        await SyncAsync();
        Add(Given.Slice("web", Given.Local("10.244.1.2")));
        applier.Failures = 1;
        await Assert.ThrowsAsync<RuleApplyException>(SyncAsync);

        var retry = await SyncAsync();

        Assert.True(retry.IsFull);
        Assert.Equal("10.244.1.2:8080", new PacketTracer(applier.Tables).Trace("10.244.1.9", "10.96.0.10:80").ToString());
    }

    [Theory]
    [InlineData("nat", true)]
    [InlineData("filter", true)]
    [InlineData("nat", false)]
    [InlineData("filter", false)]
    public async Task A_flushed_table_is_noticed_and_the_next_sync_is_full(string table, bool isThorough)
    {
        await SyncAsync();
        Assert.Null(await backend.CheckAsync(isThorough, CancellationToken.None));
        var before = applier.Tables.Save();

        applier.Tables.Flush(table);

        Assert.NotNull(await backend.CheckAsync(isThorough, CancellationToken.None));
        Assert.True((await SyncAsync()).IsFull);
        Assert.Equal(before, applier.Tables.Save());
    }

    [Fact]
    public async Task A_strange_rule_in_our_chain_and_a_strange_chain_of_our_name_are_noticed()
    {
        await SyncAsync();
        applier.Tables.Add("nat", "KUBE-SERVICES", "-d 10.96.0.66 -j RETURN");
        Assert.Equal("nat KUBE-SERVICES has 3 rules in place of 2", await backend.CheckAsync(isThorough: true, CancellationToken.None));

        await SyncAsync();
        applier.Tables.Add("nat", "KUBE-SVC-AAAAAAAAAAAAAAAA", "-j RETURN");

        Assert.Equal("nat has the chain KUBE-SVC-AAAAAAAAAAAAAAAA, which no Service needs", await backend.CheckAsync(isThorough: true, CancellationToken.None));
    }

    [Fact]
    public async Task A_forward_chain_that_begins_to_drop_is_answered_by_a_way_for_pods()
    {
        await SyncAsync();
        applier.Tables.SetPolicy("FORWARD", "DROP");

        Assert.Equal("filter KUBE-FORWARD has 3 rules in place of 4", await backend.CheckAsync(isThorough: true, CancellationToken.None));
        await SyncAsync();

        Assert.Null(await backend.CheckAsync(isThorough: true, CancellationToken.None));
    }

    [Fact]
    public async Task Others_changes_of_their_own_chains_are_none_of_ours()
    {
        await SyncAsync();

        applier.Tables.Add("nat", "DOCKER", "-j RETURN");
        applier.Tables.Add("filter", "INPUT", "-j ACCEPT");

        Assert.Null(await backend.CheckAsync(isThorough: true, CancellationToken.None));
    }

    public void Dispose() => backend.Dispose();

    private Task<SyncReport> SyncAsync() => backend.SyncAsync(tracker.Take(), CancellationToken.None);

    private void Add(Service service) => tracker.Apply(new CacheChange<Service>(ObjectKey.Of(service), null, service));

    private void Add(EndpointSlice slice) => tracker.Apply(new CacheChange<EndpointSlice>(ObjectKey.Of(slice), null, slice));
}
