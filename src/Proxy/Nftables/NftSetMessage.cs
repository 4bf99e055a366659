using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Netlink;
using Wire = MiniK8s.Proxy.Nftables.NftWire;

namespace MiniK8s.Proxy.Nftables;

/// <summary>Writes the declaration of a set. Pure.</summary>
internal static class NftSetMessage
{
    /// <summary>How many clients of one endpoint are remembered under session affinity, as with kube-proxy.</summary>
    private const uint MostClients = 65535;

    /// <summary>Writes the declaration.</summary>
    /// <returns>Where in <paramref name="writer"/> the set's room is: how many elements it may have, 0 for any number.</returns>
    public static int Write(NetlinkWriter writer, string table, NftSet set, IpFamily family, uint id)
    {
        writer.Text(Wire.Set.Table, table);
        writer.Text(Wire.Set.Name, set.Name);
        writer.BigEndian(Wire.Set.Flags, FlagsOf(set));
        writer.BigEndian(Wire.Set.KeyType, TypeOf(set.Key, family));
        writer.BigEndian(Wire.Set.KeyLength, (uint)set.KeyLength(family));
        if (set.IsMap)
        {
            writer.BigEndian(Wire.Set.DataType, TypeOf(set.Data, family));
            writer.BigEndian(Wire.Set.DataLength, (uint)set.DataLength(family));
        }
        writer.BigEndian(Wire.Set.Id, id);
        if (set.Timeout is { } timeout) writer.BigEndian(Wire.Set.Timeout, (ulong)timeout.TotalMilliseconds);
        var description = writer.BeginNested(Wire.Set.Description);
        writer.BigEndian(Wire.Set.DescriptionSize, set.Timeout is null ? 0 : MostClients);
        var room = writer.Length - sizeof(uint);
        writer.EndNested(description);
        NftUserData.Set(writer, Wire.Set.UserData, set);
        return room;
    }

    private static uint FlagsOf(NftSet set) =>
        (set.IsMap ? Wire.Set.MapFlag : 0) | (set.Timeout is not null ? Wire.Set.DynamicFlag | Wire.Set.TimeoutFlag : 0);

    private static uint TypeOf(NftField[] fields, IpFamily family) =>
        fields.Aggregate(0u, (type, field) => field == NftField.Verdict ? Wire.DataType.Verdict : (type << Wire.DataType.BitsEach) | TypeOf(field, family));

    /// <summary>nft's number for the type of a field.</summary>
    public static uint TypeOf(NftField field, IpFamily family) => field switch
    {
        NftField.Address => family == IpFamily.V4 ? Wire.DataType.Ipv4Address : Wire.DataType.Ipv6Address,
        NftField.Protocol => Wire.DataType.Protocol,
        NftField.Port => Wire.DataType.Service,
        _ => Wire.DataType.Mark,
    };
}
