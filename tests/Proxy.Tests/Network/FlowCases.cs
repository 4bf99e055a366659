using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.TestKit.Network;

namespace MiniK8s.Proxy.Tests.Network;

/// <summary>Real packets through a real kernel's rules: what every case needs. It takes its Services away after itself.</summary>
public abstract class FlowCases(ServiceLab lab) : IAsyncLifetime
{
    private readonly HashSet<string> names = [];

    private protected ProxyNetwork Net => lab.Net;

    private protected ProxyMode Mode => lab.Mode;

    private protected Site Site { get; } = lab.NextSite();

    private protected NetworkNamespace Pod => Net.Client.Namespace;

    private protected NetworkNamespace FarPod => Net.FarClient.Namespace;

    private protected NetworkNamespace Node => Net.Node.Namespace;

    private protected NetworkNamespace Outside => Net.Outside.Namespace;

    private protected string NodePort => Site.At($"{Net.Node.Address}");

    private protected Endpoint One => Net.EndpointOf(Net.One);

    private protected Endpoint Two => Net.EndpointOf(Net.Two);

    private protected Endpoint Far => Net.EndpointOf(Net.Far);

    /// <summary>What an endpoint on the node answers to who is masqueraded.</summary>
    private protected string OneMasked => $"one {Net.Gateway}";

    /// <summary>What an endpoint on the other node answers to who is masqueraded.</summary>
    private protected string FarMasked => $"far {Net.Node.Address}";

    public ValueTask InitializeAsync()
    {
        Assert.SkipWhen(lab.Mode.SkipReason is not null, lab.Mode.SkipReason ?? "");
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var name in names)
        {
            Net.Api.Delete<Service>(name);
            Net.Api.Delete<EndpointSlice>($"{name}-1");
            Net.Api.Delete<EndpointSlice>($"{name}-6");
        }
        return ValueTask.CompletedTask;
    }

    private protected Site NextSite() => lab.NextSite();

    /// <summary>Gives the API a Service and its endpoints; <see cref="SettleAsync"/> waits for the rules.</summary>
    private protected void Put(Service service, params Endpoint[] endpoints)
    {
        names.Add(service.Metadata.Name!);
        Net.Put(service, endpoints);
    }

    /// <summary>As the other, with ports of the pods that are not the usual one.</summary>
    private protected void Put(Service service, IReadOnlyList<Api.Discovery.V1.EndpointPort> ports, params Endpoint[] endpoints)
    {
        names.Add(service.Metadata.Name!);
        Net.Put(service, ports, endpoints);
    }

    private protected Task SettleAsync() => lab.SettleAsync();

    /// <summary>Gives the API a Service and its endpoints, and waits for the rules.</summary>
    private protected Task GiveAsync(Service service, params Endpoint[] endpoints)
    {
        Put(service, endpoints);
        return SettleAsync();
    }

    /// <summary>Asks once over TCP; the answer must be this.</summary>
    private protected static async Task ExpectAsync(string expected, NetworkNamespace from, string destination, string? source = null)
    {
        var answer = await Dial.TcpAsync(from, destination, PatienceFor(expected), source);
        Assert.Equal($"{from.Name} to {destination}: {expected}", $"{from.Name} to {destination}: {answer}");
    }

    /// <summary>Asks once over UDP; the answer must be this.</summary>
    private protected static async Task ExpectUdpAsync(string expected, NetworkNamespace from, string destination)
    {
        var answer = await Dial.UdpAsync(from, destination, PatienceFor(expected));
        Assert.Equal($"{from.Name} to {destination}: {expected}", $"{from.Name} to {destination}: {answer}");
    }

    /// <summary>Asks once over SCTP; the answer must be this.</summary>
    private protected static async Task ExpectSctpAsync(string expected, NetworkNamespace from, string destination)
    {
        var answer = await SctpServer.AskAsync(from, destination, PatienceFor(expected));
        Assert.Equal($"{from.Name} to {destination}: {expected}", $"{from.Name} to {destination}: {answer}");
    }

    /// <summary>Asks twice a Service that serves in turn; these must be the answers, whichever came first.</summary>
    private protected static async Task ExpectBothAsync(string one, string other, NetworkNamespace from, string destination)
    {
        List<string> answers = [await Dial.TcpAsync(from, destination), await Dial.TcpAsync(from, destination)];
        if (KubeProxy.File is not null)
        {
            // It knows no turns. Twelve questions miss one of two endpoints once in two thousand times.
            for (var more = 0; more < 10; more++) answers.Add(await Dial.TcpAsync(from, destination));
            answers = one == other ? [.. answers.Distinct(), one] : [.. answers.Distinct()];
        }
        Assert.Equal($"{from.Name} to {destination}: {one}, {other}", $"{from.Name} to {destination}: {string.Join(", ", answers.Order(StringComparer.Ordinal).Reverse())}");
    }

    /// <summary>How often each endpoint answered.</summary>
    private protected static async Task<Dictionary<string, int>> CountAsync(NetworkNamespace from, string destination, int connections)
    {
        var counts = new Dictionary<string, int>();
        for (var i = 0; i < connections; i++)
        {
            var name = (await Dial.TcpAsync(from, destination)).Split(' ')[0];
            counts[name] = counts.GetValueOrDefault(name) + 1;
        }
        return counts;
    }

    private static TimeSpan PatienceFor(string expected) => expected == Dial.Silence ? Dial.Moment : Dial.Patience;
}
