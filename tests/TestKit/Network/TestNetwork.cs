using System.Net;

namespace MiniK8s.TestKit.Network;

/// <summary>
/// Several machines on one segment, each a network namespace: veth pairs lead to a bridge in a further namespace. Every host
/// routes to the pod subnets of the others and has a default route to the bridge, where unknown packets end. Nothing leads
/// to the machine's own namespace or out of it.
/// </summary>
public sealed class TestNetwork : IAsyncDisposable
{
    private const string Segment = "192.168.77";
    private const int SwitchNumber = 254;
    private const int MostHosts = 100;

    private readonly NetworkNamespace _switch;
    private readonly List<TestHost> _hosts = [];

    private TestNetwork(NetworkNamespace @switch) => _switch = @switch;

    /// <summary>Why this machine cannot make such a network, or null when it can.</summary>
    public static string? SkipReason => NetworkNamespace.SkipReason;

    /// <summary>All hosts in the order in which they joined.</summary>
    public IReadOnlyList<TestHost> Hosts => _hosts;

    /// <summary>Makes a segment without hosts.</summary>
    public static async Task<TestNetwork> CreateAsync(CancellationToken cancellationToken = default)
    {
        var @switch = await NetworkNamespace.CreateAsync("switch", cancellationToken);
        var network = new TestNetwork(@switch);
        try
        {
            // The switch forwards frames, never packets: a packet for an address that no host has must end here.
            await @switch.RunAsync(["sysctl", "-q", "-w", "net.ipv4.ip_forward=0"], cancellationToken: cancellationToken);
            await @switch.IpAsync(
                $"""
                link add br0 type bridge mcast_snooping 0
                addr add {Segment}.{SwitchNumber}/24 dev br0
                link set br0 up
                """,
                cancellationToken);
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }

        return network;
    }

    /// <summary>Adds a machine without pods: a control plane, or a client from outside the cluster.</summary>
    public Task<TestHost> AddHostAsync(string name, CancellationToken cancellationToken = default) =>
        AddAsync(name, podSubnet: null, cancellationToken);

    /// <summary>Adds a node whose pods live in <c>10.244.N.0/24</c>, N being its number on the segment.</summary>
    public Task<TestHost> AddNodeAsync(string name, CancellationToken cancellationToken = default) =>
        AddAsync(name, IPNetwork.Parse($"10.244.{_hosts.Count + 1}.0/24"), cancellationToken);

    /// <summary>Takes a host's cable out; its processes go on.</summary>
    public Task DisconnectAsync(TestHost host, CancellationToken cancellationToken = default) =>
        _switch.IpAsync($"link set {CableOf(host)} down", cancellationToken);

    /// <summary>Puts the cable of <see cref="DisconnectAsync"/> back.</summary>
    public Task ReconnectAsync(TestHost host, CancellationToken cancellationToken = default) =>
        _switch.IpAsync($"link set {CableOf(host)} up", cancellationToken);

    public ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            host.Namespace.Dispose();
        }

        _hosts.Clear();
        _switch.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<TestHost> AddAsync(string name, IPNetwork? podSubnet, CancellationToken cancellationToken)
    {
        var number = _hosts.Count + 1;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, MostHosts, nameof(name));
        var address = IPAddress.Parse($"{Segment}.{number}");
        var host = new TestHost(name, await NetworkNamespace.CreateAsync(name, cancellationToken), address, podSubnet);
        _hosts.Add(host);
        await host.Namespace.IpAsync(
            $"""
            link add eth0 type veth peer name {CableOf(host)} netns {_switch.Name}
            addr add {address}/24 dev eth0
            link set eth0 up
            route add default via {Segment}.{SwitchNumber}
            """,
            cancellationToken);
        await _switch.IpAsync($"link set {CableOf(host)} master br0 up", cancellationToken);
        await RouteAsync(host, cancellationToken);
        return host;
    }

    private async Task RouteAsync(TestHost added, CancellationToken cancellationToken)
    {
        foreach (var other in _hosts.Where(host => host != added))
        {
            if (added.PodSubnet is { } reached)
            {
                await other.Namespace.IpAsync($"route add {reached} via {added.Address}", cancellationToken);
            }

            if (other.PodSubnet is { } present)
            {
                await added.Namespace.IpAsync($"route add {present} via {other.Address}", cancellationToken);
            }
        }
    }

    private static string CableOf(TestHost host) => $"port{host.Address.GetAddressBytes()[3]}";
}
