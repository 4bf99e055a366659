using System.ComponentModel;
using System.Net;
using System.Text;
using MiniK8s.Proxy.Ipvs;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Tests.Kit;

/// <summary>
/// Carries out operations in memory as the kernel does: what is there cannot be added again, what is not there cannot be changed or
/// removed, and the device has an address once. Connections are what a test says they are.
/// </summary>
internal sealed class FakeIpvsKernel : IIpvsKernel
{
    private const int Exists = 17;
    private const int NoSuchEntry = 2;
    private readonly Dictionary<ServerAddress, (ServerSettings Settings, Dictionary<RealServer, int> Reals)> servers = [];
    private readonly HashSet<(IpFamily Family, SetEntry Entry)> entries = [];
    private readonly HashSet<IPAddress> bound = [];

    /// <summary>The node's addresses.</summary>
    public HashSet<IPAddress> NodeAddresses { get; } = [IPAddress.Parse(Given.NodeAddress)];

    /// <summary>Connections of real servers, by any virtual server.</summary>
    public Dictionary<RealServer, long> Connections { get; } = [];

    /// <summary>Everything that was carried out, as text.</summary>
    public List<string> Log { get; } = [];

    /// <summary>How often everything was read.</summary>
    public int Reads { get; private set; }

    /// <summary>How many operations may still pass before one is refused; none is by default.</summary>
    public int? RefuseAfter { get; set; }

    public bool IsPrepared { get; private set; }

    public IReadOnlySet<IPAddress> Bound => bound;

    /// <summary>The real servers with weight, and null where there is no virtual server.</summary>
    public IReadOnlyList<RealServer>? Find(ServerAddress address) =>
        servers.TryGetValue(address, out var server) ? [.. server.Reals.Where(real => real.Value > 0).Select(real => real.Key).Order()] : null;

    /// <summary>Whether a set has an element.</summary>
    public bool Has(IpFamily family, SetEntry entry) => entries.Contains((family, entry));

    /// <summary>The elements of a set.</summary>
    public IEnumerable<SetEntry> Elements(IpFamily family, IpSet set) => entries.Where(entry => entry.Family == family && entry.Entry.Set == set).Select(entry => entry.Entry);

    /// <inheritdoc/>
    public void Prepare(IpFamily family) => IsPrepared = true;

    /// <inheritdoc/>
    public KernelState Read(IpFamily family)
    {
        Reads++;
        var state = new KernelState();
        ReadAddresses(family, state);
        foreach (var (address, server) in servers.Where(server => family.Contains(server.Key.Address)))
        {
            var copy = state.AddServer(address, server.Settings);
            foreach (var (real, weight) in server.Reals) copy.Weights[real] = weight;
        }
        state.Entries.UnionWith(entries.Where(entry => entry.Family == family).Select(entry => entry.Entry));
        return state;
    }

    /// <inheritdoc/>
    public bool ReadAddresses(IpFamily family, KernelState into)
    {
        into.Bound.UnionWith(bound.Where(family.Contains));
        into.NodeAddresses.UnionWith(NodeAddresses.Where(family.Contains));
        return IsPrepared;
    }

    /// <inheritdoc/>
    public int Apply(IEnumerable<IpvsOperation> operations)
    {
        var count = 0;
        foreach (var operation in operations)
        {
            if (RefuseAfter-- == 0) throw Refusal(operation, 12);
            Carry(operation);
            Log.Add(operation.ToString());
            count++;
        }
        return count;
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<RealServer, long> CountConnections(ServerAddress server) =>
        servers[server].Reals.Keys.ToDictionary(real => real, real => Connections.GetValueOrDefault(real));

    /// <inheritdoc/>
    public void Remove()
    {
        foreach (var family in (IpFamily[])[IpFamily.V4, IpFamily.V6]) Apply(IpvsRemoval.Of(Read(family)));
        entries.Clear();
        bound.Clear();
    }

    /// <summary>As <c>ipvsadm -Sn</c>, <c>ip address</c> and <c>ipset save</c> would show it, sorted.</summary>
    public string Save()
    {
        var text = new StringBuilder();
        foreach (var (address, server) in servers.OrderBy(server => server.Key))
        {
            text.Append($"-A {address} {server.Settings}\n");
            foreach (var (real, weight) in server.Reals.OrderBy(real => real.Key)) text.Append($"-a {address} -r {real} -m -w {weight}\n");
        }
        foreach (var address in bound.OrderBy(address => address, Comparer<IPAddress>.Create(AddressText.Compare))) text.Append($"address {address}\n");
        var sets = entries.Select(entry => $"add {IpSets.NameOf(entry.Entry.Set, entry.Family)} {entry.Entry}").Order(StringComparer.Ordinal);
        return text.AppendJoin('\n', sets).Append('\n').ToString();
    }

    public void Dispose()
    {
    }

    private void Carry(IpvsOperation operation)
    {
        var isDone = operation switch
        {
            IpvsOperation.AddServer add => servers.TryAdd(add.Server, (add.Settings, [])),
            IpvsOperation.EditServer edit => Edit(edit),
            IpvsOperation.DeleteServer delete => servers.Remove(delete.Server),
            IpvsOperation.AddReal add => RealsOf(operation, add.Server).TryAdd(add.Real, 1),
            IpvsOperation.EditReal edit => Edit(RealsOf(operation, edit.Server), edit),
            IpvsOperation.DeleteReal delete => RealsOf(operation, delete.Server).Remove(delete.Real),
            IpvsOperation.Bind bind => IsPrepared && !NodeAddresses.Contains(bind.Address) && bound.Add(bind.Address),
            IpvsOperation.Unbind unbind => bound.Remove(unbind.Address),
            IpvsOperation.AddEntry add => IsPrepared && entries.Add((add.Family, add.Entry)),
            IpvsOperation.DeleteEntry delete => entries.Remove((delete.Family, delete.Entry)),
            _ => throw new InvalidOperationException($"unknown: {operation}"),
        };
        if (!isDone) throw Refusal(operation, operation is IpvsOperation.AddServer or IpvsOperation.AddReal or IpvsOperation.Bind or IpvsOperation.AddEntry ? Exists : NoSuchEntry);
    }

    private bool Edit(IpvsOperation.EditServer edit)
    {
        if (!servers.TryGetValue(edit.Server, out var server)) return false;
        servers[edit.Server] = (edit.Settings, server.Reals);
        return true;
    }

    private static bool Edit(Dictionary<RealServer, int> reals, IpvsOperation.EditReal edit)
    {
        if (!reals.ContainsKey(edit.Real)) return false;
        reals[edit.Real] = edit.Weight;
        return true;
    }

    private Dictionary<RealServer, int> RealsOf(IpvsOperation operation, ServerAddress address) =>
        servers.TryGetValue(address, out var server) ? server.Reals : throw Refusal(operation, 3);

    private static IpvsException Refusal(IpvsOperation operation, int error) => new(operation.ToString(), new Win32Exception(error));
}
