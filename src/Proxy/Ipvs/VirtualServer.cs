using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Ipvs;

/// <summary>How a virtual server treats its clients.</summary>
/// <param name="Scheduler">The kernel's name of the way in which real servers are chosen, such as <c>rr</c>.</param>
/// <param name="AffinitySeconds">How long a client stays with its real server; 0 for no longer than a connection.</param>
internal readonly record struct ServerSettings(string Scheduler, int AffinitySeconds)
{
    /// <summary>
    /// Whether a scheduler that hashes the client takes its port too. Maglev hashing without it would bind each client to one
    /// server, which is for session affinity to say.
    /// </summary>
    public bool HashesPorts => Scheduler == "mh";

    /// <summary>As ipvsadm writes it: <c>-s rr -p 10800</c>.</summary>
    public override string ToString() =>
        $"-s {Scheduler}{(AffinitySeconds > 0 ? $" -p {AffinitySeconds}" : "")}{(HashesPorts ? " -b mh-port" : "")}";
}

/// <summary>A virtual server as it should be. One without real servers refuses its clients: the kernel answers "port unreachable".</summary>
/// <param name="Address">What clients send to.</param>
/// <param name="Settings">How they are spread.</param>
/// <param name="RealServers">Who takes new connections.</param>
internal sealed record VirtualServer(ServerAddress Address, ServerSettings Settings, ValueArray<RealServer> RealServers)
{
    /// <summary>
    /// UDP only: endpoints that take no new clients and still serve those they have. All others that are not wanted are removed at once,
    /// for a UDP client would never look for another.
    /// </summary>
    public ValueArray<RealServer> Lingering { get; init; }

    /// <summary>Whether nobody but our own redirections should send to it; a Service's own port of the same number goes before.</summary>
    public bool IsAlias { get; init; }
}
