using System.ComponentModel;

namespace MiniK8s.Proxy.Netlink;

/// <summary>Generic netlink (linux/genetlink.h): families of requests that have a name, and a number only as long as the kernel runs.</summary>
internal static class GenericNetlink
{
    /// <summary>The protocol of the socket.</summary>
    public const int Protocol = 16;

    /// <summary>Size of the header that precedes the attributes: command, version, two bytes of nothing.</summary>
    public const int HeaderSize = 4;

    private const ushort Controller = 16;
    private const byte GetFamily = 3;
    private const byte ControllerVersion = 2;
    private const ushort FamilyId = 1;
    private const ushort FamilyName = 2;
    private const int NoSuchEntry = 2;

    /// <summary>The number of a family, whose module the kernel loads if it can; null where it has none of that name.</summary>
    public static ushort? Find(NetlinkSocket socket, string name)
    {
        ushort? found = null;
        try
        {
            var request = new NetlinkMessage(Controller, NetlinkFlags.Acknowledge).Header(Header(GetFamily, ControllerVersion)).Text(FamilyName, name);
            socket.Ask(request, payload =>
            {
                if (NetlinkAttributes.Find(payload[HeaderSize..], FamilyId) is { Length: 2 } id) found = BitConverter.ToUInt16(id);
            });
        }
        catch (Win32Exception e) when (e.NativeErrorCode == NoSuchEntry)
        {
            return null;
        }
        return found;
    }

    /// <summary>The header of a request.</summary>
    public static byte[] Header(byte command, byte version) => [command, version, 0, 0];
}
