using System.Collections.Immutable;
using System.Net;
using MiniK8s.Api.Core.V1;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Nftables;
using MiniK8s.Proxy.Nftables.Listing;
using MiniK8s.Proxy.Tests.Kit;
using MiniK8s.Proxy.Tests.Kit.Nft;

namespace MiniK8s.Proxy.Tests.Nftables;

public sealed class NftablesBackendTests
{
    private const string Pod = "10.244.1.99";
    private readonly NftWorld world = new NftWorld().Put(Given.Service("web", "10.96.0.10"), Given.Slice("web", Given.Local("10.244.1.1")));

    [Fact]
    public void The_first_sync_is_full_and_the_next_only_the_difference()
    {
        Assert.True(world.Sync().IsFull);

        world.Put(Given.Slice("web", Given.Local("10.244.1.2")));

        Assert.False(world.Sync().IsFull);
        Assert.Equal("10.244.1.2:8080", world.Trace(Pod, "10.96.0.10:80"));
    }

    [Fact]
    public void A_sync_without_a_change_says_nothing_to_the_kernel()
    {
        world.Sync();

        Assert.Equal(0, world.Sync().Objects);
        Assert.Single(world.Kernel.Commits);
    }

    [Fact]
    public void Rules_of_a_new_size_are_there_before_a_service_is_led_to_them()
    {
        world.Sync();
        world.Put(Given.Slice("web", Given.Local("10.244.1.1"), Given.Local("10.244.1.2")));
        world.Sync();
        Assert.Equal(3, world.Kernel.Commits.Count);

        // From then on the rules of both sizes are there.
        world.Put(Given.Slice("web", Given.Local("10.244.1.1")));
        world.Sync();
        Assert.Equal(4, world.Kernel.Commits.Count);
        Assert.Equal("10.244.1.1:8080", world.Trace(Pod, "10.96.0.10:80"));
    }

    [Fact]
    public void After_a_refusal_the_next_sync_is_full()
    {
        world.Sync();
        world.Put(Given.Slice("web", Given.Local("10.244.1.2")));
        world.Kernel.Failures = 1;
        Assert.Throws<NftException>(() => world.Sync());
        Assert.Equal("10.244.1.1:8080", world.Trace(Pod, "10.96.0.10:80"));

        Assert.True(world.Sync().IsFull);
        Assert.Equal("10.244.1.2:8080", world.Trace(Pod, "10.96.0.10:80"));
        Assert.Equal(NormalTable.Of(world.FromScratch()), NormalTable.Of(world.Table));
    }

    [Fact]
    public void Where_a_set_has_no_more_room_everything_is_written_into_larger_ones()
    {
        world.Sync();
        var room = world.Table.Sets["endpoints"].Declaration.Size;
        Assert.True(room >= 1024);
        world.Put(Given.Slice("web", [.. Enumerable.Range(0, (int)room).Select(number => Given.Local($"10.244.{number / 250}.{(number % 250) + 1}"))]));
        Assert.False(world.Sync().IsFull);

        world.Put(Given.Service("more", "10.96.0.11"), Given.Slice("more", Given.Local("10.244.99.1")));
        var report = world.Sync();

        Assert.True(report.IsFull);
        Assert.Equal("10.244.99.1:8080", world.Trace(Pod, "10.96.0.11:80"));
        Assert.Equal(2 * (room + 1), world.Table.Sets["endpoints"].Declaration.Size);
        Assert.Equal(NormalTable.Of(world.FromScratch()), NormalTable.Of(world.Table));

        world.Put(Given.Slice("more", Given.Local("10.244.99.2")));
        Assert.False(world.Sync().IsFull);
    }

    [Fact]
    public void Other_addresses_for_node_ports_are_written_with_everything()
    {
        world.Put(Given.Service("np", "10.96.0.11", spec => Given.NodePort(spec, 30080)), Given.Slice("np", Given.Local("10.244.1.5")));
        world.Sync();
        world.Tracker.SetNodePortAddresses([IPAddress.Parse(Given.NodeAddress)]);
        Assert.True(world.Sync().IsFull);
        Assert.Equal("10.244.1.5:8080 masq", world.Trace("203.0.113.7", $"{Given.NodeAddress}:30080"));

        world.Tracker.SetNodePortAddresses([IPAddress.Parse("192.168.88.1")]);
        Assert.True(world.Sync().IsFull);
        Assert.Equal("none", world.Trace("203.0.113.7", $"{Given.NodeAddress}:30080"));
    }

    [Fact]
    public void A_client_goes_back_to_its_endpoint_also_after_everything_was_written_anew()
    {
        var both = Given.Slice("sticky", Given.Local("10.244.1.1"), Given.Local("10.244.1.2"));
        world.Put(Given.Service("sticky", "10.96.0.12", spec => spec with { SessionAffinity = "ClientIP" }), both);
        world.Sync();
        var first = world.Tracer().Ends(Pod, "10.96.0.12:80").Last();
        var (set, client) = Assert.Single<(string Set, ValueArray<byte> Client)>(first.Noted);
        world.Kernel.Note(IpFamily.V4, set, client, 9_000_000);
        Assert.Equal(first.Packet.Target, world.Trace(Pod, "10.96.0.12:80"));

        world.Tracker.SetNodePortAddresses([IPAddress.Parse(Given.NodeAddress)]);
        Assert.True(world.Sync().IsFull);

        Assert.Equal(first.Packet.Target, world.Trace(Pod, "10.96.0.12:80"));
        Assert.Equal("10.244.1.1:8080, 10.244.1.2:8080", world.Trace("10.244.1.98", "10.96.0.12:80"));
        Assert.Equal(9_000_000ul, world.Table.Sets[set].Elements[client].Expiration);
    }

    [Fact]
    public void A_client_whose_endpoint_went_is_sent_elsewhere_and_others_stay()
    {
        world.Put(Given.Service("sticky", "10.96.0.12", spec => spec with { SessionAffinity = "ClientIP" }), Given.Slice("sticky", Given.Local("10.244.1.1"), Given.Local("10.244.1.2"), Given.Local("10.244.1.3")));
        world.Sync();
        foreach (var (client, endpoint) in (ReadOnlySpan<(string, string)>)[("10.244.1.71", "10.244.1.1:8080"), ("10.244.1.72", "10.244.1.2:8080")])
        {
            var (set, key) = world.Tracer().Ends(client, "10.96.0.12:80").Single(end => end.Packet.Target == endpoint).Noted[0];
            world.Kernel.Note(IpFamily.V4, set, key, 9_000_000);
        }

        world.Put(Given.Slice("sticky", Given.Local("10.244.1.2"), Given.Local("10.244.1.3")));
        Assert.False(world.Sync().IsFull);

        Assert.Equal("10.244.1.2:8080, 10.244.1.3:8080", world.Trace("10.244.1.71", "10.96.0.12:80"));
        Assert.Equal("10.244.1.2:8080", world.Trace("10.244.1.72", "10.96.0.12:80"));
    }

    [Fact]
    public void A_service_in_turn_that_takes_another_address_keeps_its_chain()
    {
        Service InTurn(string address) => Given.Service("turns", address) is var service
            ? service with { Metadata = service.Metadata with { Annotations = new Dictionary<string, string> { ["minik8s.io/balancing"] = "round-robin" } } }
            : null!;
        world.Put(InTurn("10.96.0.13"), Given.Slice("turns", Given.Local("10.244.1.1"), Given.Local("10.244.1.2")));
        world.Sync();

        world.Put(InTurn("10.96.0.14"));
        Assert.False(world.Sync().IsFull);

        Assert.Equal("10.244.1.1:8080, 10.244.1.2:8080", world.Trace(Pod, "10.96.0.14:80"));
        Assert.Equal("none", world.Trace(Pod, "10.96.0.13:80"));
        Assert.Equal(NormalTable.Of(world.FromScratch()), NormalTable.Of(world.Table));
    }

    [Fact]
    public void Of_two_services_that_share_an_address_the_one_with_endpoints_has_it()
    {
        Service Sharing(string name, string clusterIP) => Given.Service(name, clusterIP, spec => spec with { ExternalIPs = ["192.0.2.9"] });
        world.Put(Sharing("a", "10.96.0.21"), Sharing("b", "10.96.0.22"), Given.Slice("b", Given.Local("10.244.1.7")));
        world.Sync();
        Assert.Equal("10.244.1.7:8080 masq", world.Trace("203.0.113.7", "192.0.2.9:80"));

        world.Put(Given.Slice("a", Given.Local("10.244.1.6")));
        world.Sync();
        Assert.Equal("10.244.1.6:8080 masq", world.Trace("203.0.113.7", "192.0.2.9:80"));

        world.Remove<Service>("a");
        world.Sync();
        Assert.Equal("10.244.1.7:8080 masq", world.Trace("203.0.113.7", "192.0.2.9:80"));
    }

    [Fact]
    public async Task Whoever_changes_the_table_is_named_and_the_next_sync_is_full()
    {
        world.Sync();
        var heard = 0;
        world.Backend.Disturbed += () => heard++;
        Assert.Null(await CheckAsync(isThorough: true));

        world.Kernel.Change(IpFamily.V4, table => table with { Chains = table.Chains.Add("strange", new FakeNftChain(new NftChainDeclaration("strange", null))) });

        Assert.Equal(1, heard);
        Assert.Equal("nft, process 7 changed the table", await CheckAsync(isThorough: false));
        Assert.True(world.Sync().IsFull);
        Assert.Equal(NormalTable.Of(world.FromScratch()), NormalTable.Of(world.Table));
        Assert.Null(await CheckAsync(isThorough: true));
    }

    [Fact]
    public async Task Where_news_were_lost_the_table_itself_is_looked_at()
    {
        world.Sync();
        world.Kernel.LoseNews(IpFamily.V4);
        Assert.Null(await CheckAsync(isThorough: false));

        world.Kernel.CanBeWatched = false;
        world.Kernel.Change(IpFamily.V4, Without(NftSet.ServiceIPs));
        world.Kernel.LoseNews(IpFamily.V4);
        Assert.Equal("service-ips has 0 elements in place of 1", await CheckAsync(isThorough: false));
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task Without_news_a_thorough_check_finds_what_changed(string damage, string expected)
    {
        world.Kernel.CanBeWatched = false;
        world.Sync();
        Assert.Null(await CheckAsync(isThorough: true));

        world.Kernel.Change(IpFamily.V4, DamageOf(damage));

        Assert.Equal(expected, await CheckAsync(isThorough: true));
        Assert.True(world.Sync().IsFull);
        Assert.Null(await CheckAsync(isThorough: true));
        Assert.Equal(NormalTable.Of(world.FromScratch()), NormalTable.Of(world.Table));
    }

    public static TheoryData<string, string> Damages => new()
    {
        { "table", "the chain addresses is missing" },
        { "element gone", "service-ips has 0 elements in place of 1" },
        { "element changed", "endpoints has other elements than it should" },
        { "strange chain", "there is a chain strange, which no Service needs" },
        { "rule gone", "the chain masquerade-marked has 1 rules of 1 expressions in place of 2 of 4" },
        { "strange element", "refused has 1 elements in place of 0" },
    };

    [Fact]
    public async Task Without_news_a_quick_check_finds_that_the_table_is_gone()
    {
        world.Kernel.CanBeWatched = false;
        world.Sync();
        world.Kernel.Change(IpFamily.V4, _ => null);

        Assert.Equal("the table is gone", await CheckAsync(isThorough: false));
        Assert.True(world.Sync().IsFull);
    }

    [Fact]
    public async Task Others_changes_of_their_own_tables_are_none_of_ours()
    {
        world.Kernel.CanBeWatched = false;
        world.Sync();
        world.Kernel.ChangeElsewhere();

        Assert.Null(await CheckAsync(isThorough: false));
        Assert.Null(await CheckAsync(isThorough: true));
        Assert.False(world.Put(Given.Slice("web", Given.Local("10.244.1.2"))).Sync().IsFull);
    }

    [Fact]
    public async Task Clients_that_the_kernel_notes_are_no_difference()
    {
        world.Kernel.CanBeWatched = false;
        world.Put(Given.Service("sticky", "10.96.0.12", spec => spec with { SessionAffinity = "ClientIP" }), Given.Slice("sticky", Given.Local("10.244.1.1")));
        world.Sync();
        var (set, client) = world.Tracer().Ends(Pod, "10.96.0.12:80")[0].Noted[0];
        world.Kernel.Note(IpFamily.V4, set, client, 1000);
        world.Kernel.ChangeElsewhere();

        Assert.Null(await CheckAsync(isThorough: true));
    }

    private Task<string?> CheckAsync(bool isThorough) => world.Backend.CheckAsync(isThorough, CancellationToken.None);

    private static Func<FakeNftTable, FakeNftTable?> DamageOf(string damage) => damage switch
    {
        "table" => _ => null,
        "element gone" => Without(NftSet.ServiceIPs),
        "element changed" => table => With(table, "endpoints", set => set.ToImmutableDictionary(element => element.Key, element => element.Value with { Data = [10, 0, 0, 66, 0, 80, 0, 0] })),
        "strange chain" => table => table with { Chains = table.Chains.Add("strange", new FakeNftChain(new NftChainDeclaration("strange", null))) },
        "rule gone" => table => table with { Chains = table.Chains.SetItem("masquerade-marked", table.Chains["masquerade-marked"] with { Rules = table.Chains["masquerade-marked"].Rules.RemoveAt(0) }) },
        "strange element" => table => With(table, "refused", set => set.Add([10, 96, 0, 10, 6, 0, 0, 0, 0, 80, 0, 0], new NftElementDeclaration([10, 96, 0, 10, 6, 0, 0, 0, 0, 80, 0, 0], [], null))),
        _ => throw new ArgumentOutOfRangeException(nameof(damage)),
    };

    private static Func<FakeNftTable, FakeNftTable?> Without(NftSet set) => table => With(table, set.Name, elements => elements.Clear());

    private static FakeNftTable With(FakeNftTable table, string set, Func<ImmutableDictionary<ValueArray<byte>, NftElementDeclaration>, ImmutableDictionary<ValueArray<byte>, NftElementDeclaration>> change) =>
        table with { Sets = table.Sets.SetItem(set, table.Sets[set] with { Elements = change(table.Sets[set].Elements) }) };
}
