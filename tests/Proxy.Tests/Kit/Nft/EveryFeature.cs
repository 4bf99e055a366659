using System.Net;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Tests.Kit.Nft;

/// <summary>A model that makes a table have all that one can have: every policy, protocol, choice and number of endpoints.</summary>
internal static class EveryFeature
{
    public static ProxyModel Model(IpFamily family)
    {
        var model = ProxyModel.Empty(family);
        var number = 0;
        foreach (var (balancing, affinity, isLocal) in Kinds())
        {
            foreach (var endpoints in (int[])[0, 1, 3, 9, 40])
            {
                var state = State(family, ++number, balancing, affinity, isLocal, endpoints);
                model = model with { Services = model.Services.Add(state.Port.Name, state) };
            }
        }
        return model;
    }

    private static IEnumerable<(Balancing Balancing, int Affinity, bool IsLocal)> Kinds() =>
        from balancing in Enum.GetValues<Balancing>()
        from affinity in (int[])[0, 3661]
        from isLocal in (bool[])[false, true]
        select (balancing, affinity, isLocal);

    private static ServiceState State(IpFamily family, int number, Balancing balancing, int affinity, bool isLocal, int endpoints)
    {
        var port = new ServicePort
        {
            Name = new("ns", $"s{number}", "p", (TransportProtocol)(number % 3)),
            ClusterIP = Address(family, "10.96.0.", "fd00:96::", number),
            Port = 80,
            NodePort = 30000 + number,
            ExternalIPs = [Address(family, "198.51.100.", "2001:db8:1::", number % 20)],
            LoadBalancerIPs = [Address(family, "192.0.2.", "2001:db8:2::", number)],
            SourceRanges = number % 2 == 0 ? [new IPNetwork(Address(family, "203.0.113.", "2001:db8:3::", 7), family.AddressBits), Block(family, "0.0.0.0/0", "::/0"), Block(family, "10.240.0.0/13", "fd00:10::/29")] : [],
            AffinitySeconds = affinity,
            InternalLocal = isLocal,
            ExternalLocal = isLocal,
            Balancing = balancing,
        };
        return new ServiceState(port, [.. Enumerable.Range(1, endpoints).Select(e => new ServiceEndpoint(Address(family, "10.244.1.", "fd00:10::", e), 8080) { IsLocal = e % 2 == 1 })]);
    }

    private static IPAddress Address(IpFamily family, string v4, string v6, int number) =>
        IPAddress.Parse(family == IpFamily.V4 ? $"{v4}{number}" : $"{v6}{number:x}");

    private static IPNetwork Block(IpFamily family, string v4, string v6) => IPNetwork.Parse(family == IpFamily.V4 ? v4 : v6);
}
