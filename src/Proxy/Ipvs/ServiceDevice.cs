using System.ComponentModel;
using System.Net;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Netlink;

namespace MiniK8s.Proxy.Ipvs;

/// <summary>The device <c>kube-ipvs0</c> and its addresses, over rtnetlink (rtnetlink(7)).</summary>
internal sealed class ServiceDevice(NetlinkSocket socket)
{
    /// <summary>The protocol of the socket.</summary>
    public const int Protocol = 0;

    private const ushort NewLink = 16;
    private const ushort DeleteLink = 17;
    private const ushort GetLink = 18;
    private const ushort NewAddress = 20;
    private const ushort DeleteAddress = 21;
    private const ushort GetAddress = 22;
    private const ushort LinkName = 3;
    private const ushort LinkInfo = 18;
    private const ushort LinkInfoKind = 1;
    private const ushort WholeAddress = 1;
    private const ushort LocalAddress = 2;
    private const ushort AddressFlags = 8;
    private const uint NoDuplicateDetection = 0x02;
    private const int LinkHeaderSize = 16;
    private const int AddressHeaderSize = 8;
    private const int NoSuchDevice = 19;
    private int index;

    /// <summary>Finds the device, and makes it where it is not there.</summary>
    public void Ensure()
    {
        if (Find()) return;
        socket.Ask(
            new NetlinkMessage(NewLink, NetlinkFlags.Create | NetlinkFlags.Exclusive | NetlinkFlags.Acknowledge).Header(new byte[LinkHeaderSize])
                .Text(LinkName, IpvsDevice.Name).Nested(LinkInfo, info => info.Text(LinkInfoKind, "dummy")),
            static _ => { });
        if (!Find()) throw new Win32Exception(NoSuchDevice, $"{IpvsDevice.Name} was made and is not there");
    }

    /// <summary>Whether the device is there.</summary>
    public bool Find()
    {
        index = 0;
        try
        {
            var request = new NetlinkMessage(GetLink, NetlinkFlags.Acknowledge).Header(new byte[LinkHeaderSize]).Text(LinkName, IpvsDevice.Name);
            socket.Ask(request, payload => index = index == 0 ? BitConverter.ToInt32(payload[4..]) : index);
        }
        catch (Win32Exception e) when (e.NativeErrorCode == NoSuchDevice)
        {
            return false;
        }
        return index != 0;
    }

    /// <summary>Removes the device, if it is there, with all its addresses.</summary>
    public void Remove()
    {
        if (!Find()) return;
        socket.Ask(new NetlinkMessage(DeleteLink, NetlinkFlags.Acknowledge).Header(new byte[LinkHeaderSize]).Text(LinkName, IpvsDevice.Name), static _ => { });
    }

    /// <summary>Reads the addresses of a family: the device's own, and those of the node that a client could send to.</summary>
    public void Read(IpFamily family, KernelState into)
    {
        var header = new byte[AddressHeaderSize];
        header[0] = family.AddressFamilyNumber();
        socket.Ask(new NetlinkMessage(GetAddress, NetlinkFlags.Dump).Header(header), payload =>
        {
            if (payload[0] != family.AddressFamilyNumber()) return;
            var attributes = payload[AddressHeaderSize..];
            var bytes = NetlinkAttributes.Find(attributes, LocalAddress);
            if (bytes.IsEmpty) bytes = NetlinkAttributes.Find(attributes, WholeAddress);
            if (bytes.Length * 8 != family.AddressBits) return;
            var address = new IPAddress(bytes);
            if (BitConverter.ToInt32(payload[4..]) == index) into.Bound.Add(address);
            else if (!IPAddress.IsLoopback(address) && !address.IsIPv6LinkLocal) into.NodeAddresses.Add(address);
        });
    }

    /// <summary>Writes a request for an operation on the device's addresses.</summary>
    /// <returns>Whether it is one.</returns>
    public bool Write(NetlinkPipeline<IpvsOperation> pipeline, IpvsOperation operation)
    {
        switch (operation)
        {
            case IpvsOperation.Bind bind: WriteAddress(pipeline.Begin(operation, NewAddress, NetlinkFlags.Create | NetlinkFlags.Exclusive), bind.Address); break;
            case IpvsOperation.Unbind unbind: WriteAddress(pipeline.Begin(operation, DeleteAddress, NetlinkFlags.None), unbind.Address); break;
            default: return false;
        }
        pipeline.Writer.End();
        return true;
    }

    private void WriteAddress(NetlinkWriter writer, IPAddress address)
    {
        var family = IpFamily.V4.Contains(address) ? IpFamily.V4 : IpFamily.V6;
        Span<byte> header = [family.AddressFamilyNumber(), (byte)family.AddressBits, 0, 0, 0, 0, 0, 0];
        BitConverter.TryWriteBytes(header[4..], index);
        writer.Raw(header);
        writer.Address(LocalAddress, address);
        writer.Address(WholeAddress, address);
        if (family == IpFamily.V6) writer.HostEndian(AddressFlags, NoDuplicateDetection);
    }
}

internal static class IpFamilyNumbers
{
    /// <summary>The number of a family in netlink's messages.</summary>
    public static byte AddressFamilyNumber(this IpFamily family) => (byte)(family == IpFamily.V4 ? 2 : 10);
}
