using MiniK8s.Api.Discovery.V1;
using MiniK8s.Proxy.Tests.Kit;
using MiniK8s.TestKit.Network;

namespace MiniK8s.Proxy.Tests.Network;

/// <summary>Four Services whose endpoints change all the time, but never all go; each answer tells whose it is.</summary>
internal sealed class RestlessServices : IDisposable
{
    private const int Count = 4;
    private const int FirstPort = 9000;
    private readonly ProxyNetwork net;
    private readonly Random random;
    private readonly List<NamingServer> servers = [];

    public RestlessServices(ProxyNetwork net, int seed)
    {
        (this.net, random) = (net, new Random(seed));
        foreach (var pod in (Pod[])[net.One, net.Two, net.Far])
        {
            for (var i = 0; i < Count; i++) servers.Add(NamingServer.Start(pod, FirstPort + i, $"service{i}-{pod.Name}"));
        }
    }

    /// <summary>Every way to every Service, with what its answers begin with.</summary>
    public IReadOnlyList<(NetworkNamespace From, string Address, string Name)> Destinations =>
    [
        .. Enumerable.Range(0, Count).Select(i => (net.Client.Namespace, $"{ClusterIP(i)}:80", $"service{i}-")),
        .. Enumerable.Range(0, Count).Select(i => (net.Outside.Namespace, $"{net.Node.Address}:{30100 + i}", $"service{i}-")),
    ];

    /// <summary>Gives the API all Services, with these endpoints or some.</summary>
    public void PutAll(params Endpoint[] endpoints)
    {
        for (var i = 0; i < Count; i++)
        {
            net.Api.Put(Given.Service($"restless{i}", ClusterIP(i), spec => Given.NodePort(spec, 30100 + i)));
            PutEndpoints(i, endpoints.Length == 0 ? [net.EndpointOf(net.One)] : endpoints);
        }
    }

    /// <summary>Changes a Service every few milliseconds, and makes a new connection with each change.</summary>
    public Loop StartChanging() => Loop.Start(TimeSpan.FromMilliseconds(3), async () =>
    {
        Endpoint[][] choices = [[net.EndpointOf(net.One)], [net.EndpointOf(net.Two)], [net.EndpointOf(net.One), net.EndpointOf(net.Two)]];
        PutEndpoints(random.Next(Count), choices[random.Next(choices.Length)]);
        await CheckAsync(Destinations[random.Next(Destinations.Count)], "while it changes");
    });

    /// <summary>A new connection by every way must get an answer of the right Service.</summary>
    public async Task CheckAsync(string when)
    {
        foreach (var destination in Destinations) await CheckAsync(destination, when);
    }

    /// <summary>Waits until all Services are served by one pod.</summary>
    public async Task UntilAllAnswerAsync(string pod)
    {
        foreach (var (from, address, name) in Destinations)
        {
            await ProxyNetwork.UntilAsync(() => Dial.TcpAsync(from, address), answer => answer.StartsWith($"{name}{pod} ", StringComparison.Ordinal), $"{address} is served by {pod}");
        }
    }

    public void Dispose() => servers.ForEach(server => server.Dispose());

    private static async Task CheckAsync((NetworkNamespace From, string Address, string Name) destination, string when)
    {
        var answer = await Dial.TcpAsync(destination.From, destination.Address);
        if (!answer.StartsWith(destination.Name, StringComparison.Ordinal)) throw new InvalidOperationException($"{when}: {destination.Address} answers {answer}, not {destination.Name}");
    }

    private static string ClusterIP(int service) => $"10.96.1.{service + 1}";

    private void PutEndpoints(int service, Endpoint[] endpoints) =>
        net.Api.Put(Given.SliceOf($"restless{service}", "1", [Given.SlicePort("http", FirstPort + service)], endpoints));
}
