using System.Net;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Ipvs;

/// <summary>
/// What all Service ports together want, and who wants what, so that a thing goes with the last who wants it. Where two want the
/// same virtual server, the first by name that has endpoints gets it, as the first rule that matches does with iptables.
/// </summary>
internal sealed class Claims
{
    private readonly Dictionary<ServerAddress, List<Claim>> servers = [];
    private readonly Dictionary<IPAddress, int> addresses = [];
    private readonly Dictionary<SetEntry, int> entries = [];
    private readonly Dictionary<Redirection, int> redirections = [];

    public IReadOnlyCollection<ServerAddress> Servers => servers.Keys;

    public IReadOnlyCollection<IPAddress> Addresses => addresses.Keys;

    public IReadOnlyCollection<SetEntry> Entries => entries.Keys;

    public IReadOnlyCollection<Redirection> Redirections => redirections.Keys;

    /// <summary>The virtual server at an address; null where nobody wants one.</summary>
    public VirtualServer? Find(ServerAddress address)
    {
        if (!servers.TryGetValue(address, out var claims)) return null;
        foreach (var claim in claims)
        {
            if (claim.Server.RealServers.Count > 0) return claim.Server;
        }
        return claims[0].Server;
    }

    public bool Wants(IPAddress address) => addresses.ContainsKey(address);

    public bool Wants(SetEntry entry) => entries.ContainsKey(entry);

    /// <summary>Puts the new plan of a Service port in the place of its old one, and notes what may have changed.</summary>
    public void Replace(ServicePortName owner, PortPlan before, PortPlan after, TouchedKeys touched)
    {
        foreach (var server in before.Servers) Remove(owner, server);
        foreach (var server in after.Servers) Add(new Claim(owner, server));
        touched.Servers.UnionWith(before.Servers.Select(server => server.Address));
        touched.Servers.UnionWith(after.Servers.Select(server => server.Address));
        Recount(addresses, before.Addresses, after.Addresses, touched.Addresses);
        Recount(entries, before.Entries, after.Entries, touched.Entries);
        if (before.Redirections.Equals(after.Redirections)) return;
        touched.Redirections = true;
        Recount(redirections, before.Redirections, after.Redirections, []);
    }

    private void Add(Claim claim)
    {
        if (!servers.TryGetValue(claim.Server.Address, out var claims)) servers[claim.Server.Address] = claims = new List<Claim>(1);
        var at = claims.FindIndex(other => claim.CompareTo(other) < 0);
        claims.Insert(at < 0 ? claims.Count : at, claim);
    }

    private void Remove(ServicePortName owner, VirtualServer server)
    {
        var claims = servers[server.Address];
        claims.RemoveAt(claims.FindIndex(claim => claim.Owner == owner));
        if (claims.Count == 0) servers.Remove(server.Address);
    }

    private static void Recount<T>(Dictionary<T, int> counts, ValueArray<T> before, ValueArray<T> after, HashSet<T> touched) where T : notnull
    {
        foreach (var item in after)
        {
            counts[item] = counts.GetValueOrDefault(item) + 1;
            touched.Add(item);
        }
        foreach (var item in before)
        {
            if (--counts[item] == 0) counts.Remove(item);
            touched.Add(item);
        }
    }

    private readonly record struct Claim(ServicePortName Owner, VirtualServer Server) : IComparable<Claim>
    {
        public int CompareTo(Claim other)
        {
            var order = Server.IsAlias.CompareTo(other.Server.IsAlias);
            return order == 0 ? Owner.CompareTo(other.Owner) : order;
        }
    }
}

/// <summary>What may differ from the kernel after a change.</summary>
internal sealed class TouchedKeys
{
    public HashSet<ServerAddress> Servers { get; } = [];

    public HashSet<IPAddress> Addresses { get; } = [];

    public HashSet<SetEntry> Entries { get; } = [];

    public bool Redirections { get; set; }
}
