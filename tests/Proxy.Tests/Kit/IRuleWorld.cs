using System.Net;
using MiniK8s.Api.Declarations;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Tracking;

namespace MiniK8s.Proxy.Tests.Kit;

/// <summary>Objects on one side, a backend's rules in memory on the other: what every backend must answer alike is asked here.</summary>
internal interface IRuleWorld
{
    ChangeTracker Tracker { get; }

    /// <summary>Objects that come or change.</summary>
    void Put(IEnumerable<IResource> values);

    /// <summary>An object of the namespace <c>shop</c> that goes.</summary>
    void Remove<T>(string name)
        where T : class, IResource<T>;

    /// <summary>Takes what is pending and writes it.</summary>
    void Sync();

    /// <summary>What becomes of a connection; see <see cref="PacketTracer.Trace"/>.</summary>
    string Trace(string source, string destination, string protocol = "tcp");
}

/// <summary>What shapes the rules of either backend.</summary>
internal sealed record WorldOptions
{
    public Balancing Balancing { get; init; }

    public IpFamily Family { get; init; } = IpFamily.V4;

    public IPNetwork? PodCidr { get; init; } = IPNetwork.Parse("10.244.0.0/16");

    public bool MasqueradeAll { get; init; }

    /// <summary>The node's addresses beside loopback.</summary>
    public IReadOnlyList<string> NodeAddresses { get; init; } = [Given.NodeAddress];
}
