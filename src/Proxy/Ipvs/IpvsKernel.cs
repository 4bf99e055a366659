using System.ComponentModel;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Netlink;

namespace MiniK8s.Proxy.Ipvs;

/// <summary>This machine's kernel, by three conversations that stay open. The network namespace is that of the thread that made it.</summary>
internal sealed class IpvsKernel : IIpvsKernel
{
    private const int NoSuchEntry = 2;
    private const int NoSuchProcess = 3;
    private const int NoSuchAddress = 99;
    private readonly NetlinkSocket generic = new(GenericNetlink.Protocol);
    private readonly NetlinkSocket route = new(ServiceDevice.Protocol);
    private readonly NetlinkSocket netfilter = new(SetTable.Protocol);
    private readonly IpvsTable? servers;
    private readonly ServiceDevice device;
    private readonly SetTable sets;
    private readonly NetlinkPipeline<IpvsOperation> toServers;
    private readonly NetlinkPipeline<IpvsOperation> toDevice;
    private readonly NetlinkPipeline<IpvsOperation> toSets;
    private readonly KernelSettings settings;
    private IpvsException? failure;

    /// <param name="settings">The kernel's settings.</param>
    /// <exception cref="Win32Exception">There is no netlink.</exception>
    public IpvsKernel(KernelSettings settings)
    {
        this.settings = settings;
        servers = GenericNetlink.Find(generic, IpvsTable.FamilyName) is { } family ? new IpvsTable(generic, family) : null;
        device = new ServiceDevice(route);
        sets = new SetTable(netfilter);
        toServers = new NetlinkPipeline<IpvsOperation>(generic, Refused);
        toDevice = new NetlinkPipeline<IpvsOperation>(route, Refused);
        toSets = new NetlinkPipeline<IpvsOperation>(netfilter, Refused);
    }

    /// <summary>Whether the kernel has IPVS, perhaps after having loaded its module.</summary>
    public bool HasIpvs => servers is not null;

    /// <inheritdoc/>
    public void Prepare(IpFamily family)
    {
        settings.Apply();
        Told("make " + IpvsDevice.Name, device.Ensure);
        sets.Ensure(family);
    }

    /// <inheritdoc/>
    public KernelState Read(IpFamily family)
    {
        var state = new KernelState();
        Told("read what is there", () =>
        {
            device.Find();
            device.Read(family, state);
            servers?.Read(family, state);
            sets.Read(family, state);
        });
        return state;
    }

    /// <inheritdoc/>
    public bool ReadAddresses(IpFamily family, KernelState into)
    {
        var isThere = false;
        Told("read the addresses", () =>
        {
            isThere = device.Find();
            device.Read(family, into);
        });
        return isThere;
    }

    /// <inheritdoc/>
    public int Apply(IEnumerable<IpvsOperation> operations)
    {
        failure = null;
        var before = toServers.Sent + toDevice.Sent + toSets.Sent;
        NetlinkPipeline<IpvsOperation>? last = null;
        foreach (var operation in operations)
        {
            var pipeline = PipelineOf(operation);
            // What comes after may rely on what came before, and each conversation runs at its own pace.
            if (last is not null && last != pipeline) last.Flush();
            last = pipeline;
            Write(operation);
        }
        last?.Flush();
        return failure is null ? toServers.Sent + toDevice.Sent + toSets.Sent - before : throw failure;
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<RealServer, long> CountConnections(ServerAddress server)
    {
        IReadOnlyDictionary<RealServer, long>? counts = null;
        Told($"count the connections of {server}", () => counts = servers!.CountConnections(server));
        return counts!;
    }

    /// <inheritdoc/>
    public void Remove()
    {
        foreach (var family in (IpFamily[])[IpFamily.V4, IpFamily.V6])
        {
            Apply(IpvsRemoval.Of(Read(family)));
            sets.Destroy(family);
        }
        Told("remove " + IpvsDevice.Name, device.Remove);
    }

    /// <summary>Why this kernel cannot do what these settings ask, in one sentence; null when it can.</summary>
    public string? WhyNot(IpvsSettings wanted)
    {
        if (servers is null) return "this kernel has no IPVS: load the module ip_vs, or give another --proxy-mode";
        foreach (var type in IpSets.All.Select(IpSets.TypeOf).Distinct())
        {
            if (sets.RevisionOf(type, wanted.Family) is null) return $"this kernel has no IP sets of type {type}: load the module ip_set_{type.Replace(":", "_", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal)}";
        }
        foreach (var scheduler in (string[])[wanted.Scheduler, IpvsSchedulers.RoundRobin])
        {
            if (!servers.Has(scheduler)) return $"--ipvs-scheduler: \"{scheduler}\" needs the module ip_vs_{scheduler}, which this kernel cannot load";
        }
        return null;
    }

    public void Dispose()
    {
        generic.Dispose();
        route.Dispose();
        netfilter.Dispose();
    }

    private NetlinkPipeline<IpvsOperation> PipelineOf(IpvsOperation operation) => operation switch
    {
        IpvsOperation.AddEntry or IpvsOperation.DeleteEntry => toSets,
        IpvsOperation.Bind or IpvsOperation.Unbind => toDevice,
        _ => toServers,
    };

    private void Write(IpvsOperation operation)
    {
        if (!SetTable.Write(toSets, operation) && !device.Write(toDevice, operation)) servers!.Write(toServers, operation);
    }

    /// <summary>What is gone already need not be removed; anything else means that the kernel is not as it was thought to be.</summary>
    private void Refused(IpvsOperation operation, Win32Exception error)
    {
        var isRemoval = operation is IpvsOperation.DeleteServer or IpvsOperation.DeleteReal or IpvsOperation.Unbind;
        if (isRemoval && error.NativeErrorCode is NoSuchEntry or NoSuchProcess or NoSuchAddress) return;
        failure ??= new IpvsException(operation.ToString(), error);
    }

    private static void Told(string what, Action action)
    {
        try
        {
            action();
        }
        catch (Win32Exception e)
        {
            throw new IpvsException(what, e);
        }
    }
}
