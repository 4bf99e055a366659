using System.Buffers.Binary;
using System.ComponentModel;
using System.Net;
using System.Text;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Netlink;

namespace MiniK8s.Proxy.Ipvs;

/// <summary>The kernel's table of virtual servers, over generic netlink (linux/ip_vs.h).</summary>
internal sealed class IpvsTable(NetlinkSocket socket, ushort family)
{
    /// <summary>The name of the family.</summary>
    public const string FamilyName = "IPVS";

    private const byte Version = 1;
    private const byte NewServer = 1;
    private const byte SetServer = 2;
    private const byte DeleteServer = 3;
    private const byte GetServer = 4;
    private const byte NewReal = 5;
    private const byte SetReal = 6;
    private const byte DeleteReal = 7;
    private const byte GetReal = 8;
    private const ushort Server = 1;
    private const ushort Real = 2;
    private const ushort ServerFamily = 1;
    private const ushort ServerProtocol = 2;
    private const ushort ServerIp = 3;
    private const ushort ServerPort = 4;
    private const ushort ServerMark = 5;
    private const ushort ServerScheduler = 6;
    private const ushort ServerFlags = 7;
    private const ushort ServerTimeout = 8;
    private const ushort ServerNetmask = 9;
    private const ushort RealIp = 1;
    private const ushort RealPort = 2;
    private const ushort RealForwarding = 3;
    private const ushort RealWeight = 4;
    private const ushort RealUpperLimit = 5;
    private const ushort RealLowerLimit = 6;
    private const ushort RealActive = 7;
    private const ushort RealInactive = 8;
    private const ushort RealFamily = 11;
    private const uint Persistent = 0x1;
    private const uint HashPorts = 0x10;
    private const int NoSuchEntry = 2;
    private const int NoSuchProcess = 3;

    /// <summary>Writes a request for an operation on the table.</summary>
    /// <returns>Whether it is one.</returns>
    public bool Write(NetlinkPipeline<IpvsOperation> pipeline, IpvsOperation operation)
    {
        switch (operation)
        {
            case IpvsOperation.AddServer add: WriteServer(Begin(pipeline, operation, NewServer), add.Server, add.Settings); break;
            case IpvsOperation.EditServer edit: WriteServer(Begin(pipeline, operation, SetServer), edit.Server, edit.Settings); break;
            case IpvsOperation.DeleteServer delete: WriteServer(Begin(pipeline, operation, DeleteServer), delete.Server, null); break;
            case IpvsOperation.AddReal add: WriteReal(Begin(pipeline, operation, NewReal), add.Server, add.Real, 1); break;
            case IpvsOperation.EditReal edit: WriteReal(Begin(pipeline, operation, SetReal), edit.Server, edit.Real, edit.Weight); break;
            case IpvsOperation.DeleteReal delete: WriteReal(Begin(pipeline, operation, DeleteReal), delete.Server, delete.Real, null); break;
            default: return false;
        }
        pipeline.Writer.End();
        return true;
    }

    /// <summary>Reads the virtual servers of a family of addresses, with their real servers.</summary>
    public void Read(IpFamily addresses, KernelState into)
    {
        var found = new List<ServerAddress>();
        var request = new NetlinkMessage(family, NetlinkFlags.Dump).Header(GenericNetlink.Header(GetServer, Version));
        socket.Ask(request, payload =>
        {
            if (TryReadServer(NetlinkAttributes.Find(payload[GenericNetlink.HeaderSize..], Server), addresses, out var address, out var settings))
            {
                into.AddServer(address, settings);
                found.Add(address);
            }
        });
        foreach (var address in found) ReadReals(address, (real, weight, _) => into.Servers[address].Weights[real] = weight);
    }

    /// <summary>How many connections each real server has, those that are only just over included.</summary>
    public Dictionary<RealServer, long> CountConnections(ServerAddress server)
    {
        var counts = new Dictionary<RealServer, long>();
        ReadReals(server, (real, _, connections) => counts[real] = connections);
        return counts;
    }

    /// <summary>Whether the kernel has a scheduler, found out by a virtual server for a mark that no packet bears.</summary>
    public bool Has(string scheduler)
    {
        const uint Mark = 0x7fff_fffe;
        try
        {
            Ask(NewServer, writer => WriteMark(writer, Mark, scheduler));
            Ask(DeleteServer, writer => WriteMark(writer, Mark, null));
            return true;
        }
        catch (Win32Exception e) when (e.NativeErrorCode is NoSuchEntry or NoSuchProcess)
        {
            return false;
        }
    }

    private void Ask(byte command, Action<NetlinkWriter> content) =>
        socket.Ask(new NetlinkMessage(family, NetlinkFlags.Acknowledge).Header(GenericNetlink.Header(command, Version)).Nested(Server, content), static _ => { });

    private NetlinkWriter Begin(NetlinkPipeline<IpvsOperation> pipeline, IpvsOperation operation, byte command)
    {
        var writer = pipeline.Begin(operation, family, NetlinkFlags.None);
        writer.Raw([command, Version, 0, 0]);
        return writer;
    }

    private static void WriteServer(NetlinkWriter writer, ServerAddress server, ServerSettings? settings)
    {
        var at = writer.BeginNested(Server);
        writer.HostEndian(ServerFamily, WireFamily(server.Address));
        writer.HostEndian(ServerProtocol, server.Protocol.Number());
        writer.Address(ServerIp, server.Address);
        writer.BigEndian(ServerPort, (ushort)server.Port);
        if (settings is { } known) WriteSettings(writer, known, server.Address.GetAddressBytes().Length == 16);
        writer.EndNested(at);
    }

    private static void WriteMark(NetlinkWriter writer, uint mark, string? scheduler)
    {
        writer.HostEndian(ServerFamily, WireFamily(IPAddress.Any));
        writer.HostEndian(ServerMark, mark);
        if (scheduler is not null) WriteSettings(writer, new ServerSettings(scheduler, 0), v6: false);
    }

    private static void WriteSettings(NetlinkWriter writer, ServerSettings settings, bool v6)
    {
        var flags = (settings.AffinitySeconds > 0 ? Persistent : 0) | (settings.HashesPorts ? HashPorts : 0);
        writer.Text(ServerScheduler, settings.Scheduler);
        // What the flags are, then which of them count.
        var both = writer.Attribute(ServerFlags, 2 * sizeof(uint));
        BitConverter.TryWriteBytes(both, flags);
        BitConverter.TryWriteBytes(both[sizeof(uint)..], uint.MaxValue);
        writer.HostEndian(ServerTimeout, (uint)settings.AffinitySeconds);
        // Affinity is for a single client: a full mask with IPv4, a full prefix with IPv6.
        writer.HostEndian(ServerNetmask, v6 ? 128 : uint.MaxValue);
    }

    private static void WriteReal(NetlinkWriter writer, ServerAddress server, RealServer real, int? weight)
    {
        WriteServer(writer, server, null);
        var at = writer.BeginNested(Real);
        writer.Address(RealIp, real.Address);
        writer.BigEndian(RealPort, (ushort)real.Port);
        writer.HostEndian(RealFamily, WireFamily(real.Address));
        if (weight is { } known)
        {
            // Forwarding 0: addresses are translated.
            writer.HostEndian(RealForwarding, 0u);
            writer.HostEndian(RealWeight, (uint)known);
            writer.HostEndian(RealUpperLimit, 0u);
            writer.HostEndian(RealLowerLimit, 0u);
        }
        writer.EndNested(at);
    }

    private void ReadReals(ServerAddress server, Action<RealServer, int, long> found)
    {
        var request = new NetlinkMessage(family, NetlinkFlags.Dump).Header(GenericNetlink.Header(GetReal, Version)).Nested(Server, writer =>
        {
            writer.HostEndian(ServerFamily, WireFamily(server.Address));
            writer.HostEndian(ServerProtocol, server.Protocol.Number());
            writer.Address(ServerIp, server.Address);
            writer.BigEndian(ServerPort, (ushort)server.Port);
        });
        var size = server.Address.GetAddressBytes().Length;
        socket.Ask(request, payload =>
        {
            var real = NetlinkAttributes.Find(payload[GenericNetlink.HeaderSize..], Real);
            var ip = NetlinkAttributes.Find(real, RealIp);
            if (ip.Length < size) return;
            var address = new RealServer(new IPAddress(ip[..size]), BinaryPrimitives.ReadUInt16BigEndian(NetlinkAttributes.Find(real, RealPort)));
            found(address, (int)Number(real, RealWeight), (long)Number(real, RealActive) + Number(real, RealInactive));
        });
    }

    private static bool TryReadServer(ReadOnlySpan<byte> server, IpFamily addresses, out ServerAddress address, out ServerSettings settings)
    {
        (address, settings) = (default, default);
        var protocol = NetlinkAttributes.Find(server, ServerProtocol);
        if (protocol.IsEmpty || BitConverter.ToUInt16(NetlinkAttributes.Find(server, ServerFamily)) != (ushort)addresses.AddressFamilyNumber()) return false;
        var ip = NetlinkAttributes.Find(server, ServerIp)[..(addresses.AddressBits / 8)];
        var kind = BitConverter.ToUInt16(protocol) switch
        {
            6 => TransportProtocol.Tcp,
            17 => TransportProtocol.Udp,
            _ => TransportProtocol.Sctp,
        };
        address = new ServerAddress(kind, new IPAddress(ip), BinaryPrimitives.ReadUInt16BigEndian(NetlinkAttributes.Find(server, ServerPort)));
        var scheduler = Encoding.ASCII.GetString(NetlinkAttributes.Find(server, ServerScheduler).TrimEnd((byte)0));
        var isPersistent = (BitConverter.ToUInt32(NetlinkAttributes.Find(server, ServerFlags)) & Persistent) != 0;
        settings = new ServerSettings(scheduler, isPersistent ? (int)Number(server, ServerTimeout) : 0);
        return true;
    }

    private static uint Number(ReadOnlySpan<byte> attributes, ushort type) =>
        NetlinkAttributes.Find(attributes, type) is { Length: sizeof(uint) } value ? BitConverter.ToUInt32(value) : 0;

    private static ushort WireFamily(IPAddress address) => (ushort)(address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? 2 : 10);
}
