using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Networking;

namespace MiniK8s.ApiServer.Kinds;

/// <summary>
/// Fills in ipFamilyPolicy and ipFamilies from what is given and from what the cluster has (KEP-563). What cannot be stays as it
/// is, for <see cref="ServiceAddressValidation"/> to name.
/// </summary>
internal static class ServiceFamilies
{
    public static ServiceSpec Complete(ServiceSpec spec, ServiceSpec? existing, ServiceNetwork network)
    {
        if (!ServiceNeeds.ClusterIP(spec) || KeepsPreference(spec, existing)) return spec;
        spec = spec with { IpFamilyPolicy = spec.IpFamilyPolicy ?? existing?.IpFamilyPolicy ?? (IsFreeForm(spec) ? "RequireDualStack" : "SingleStack") };
        if (existing is not null && spec.IpFamilyPolicy == "SingleStack") spec = DropSecond(spec, existing);
        if (Inferred(spec, network) is not { } families) return spec;
        return spec with { IpFamilies = WithDefaults(spec, families, network) };
    }

    /// <summary>Headless without selector: its endpoints are made by hand and may be of any family, whatever the cluster has.</summary>
    public static bool IsFreeForm(ServiceSpec spec) => ServiceNeeds.IsHeadless(spec) && spec.Selector.Count == 0;

    /// <summary>A Service that prefers both families does not change because the cluster now has both.</summary>
    private static bool KeepsPreference(ServiceSpec spec, ServiceSpec? existing) =>
        spec.IpFamilyPolicy == "PreferDualStack" && existing?.IpFamilyPolicy == "PreferDualStack" && spec.IpFamilies.Count > 0
        && spec.IpFamilies.SequenceEqual(existing.IpFamilies) && spec.ClusterIPs.SequenceEqual(existing.ClusterIPs);

    /// <summary>Asking for one family while leaving the two addresses as they were means: release the second.</summary>
    private static ServiceSpec DropSecond(ServiceSpec spec, ServiceSpec existing) => spec with
    {
        ClusterIPs = spec.ClusterIPs.Count > 1 && spec.ClusterIPs.SequenceEqual(existing.ClusterIPs) ? [spec.ClusterIPs[0]] : spec.ClusterIPs,
        IpFamilies = spec.IpFamilies.Count > 1 && spec.IpFamilies.SequenceEqual(existing.IpFamilies) ? [spec.IpFamilies[0]] : spec.IpFamilies,
    };

    /// <summary>The families given, and those of the addresses beyond them; null where an address has none that fits.</summary>
    private static List<string>? Inferred(ServiceSpec spec, ServiceNetwork network)
    {
        var families = spec.IpFamilies.ToList();
        if (ServiceNeeds.IsHeadless(spec)) return families;
        foreach (var address in spec.ClusterIPs.Skip(families.Count))
        {
            var family = IpText.FamilyOf(address);
            if (network.RangeOf(family) is null || families.Contains(family)) return null;
            families.Add(family);
        }
        return families;
    }

    private static List<string> WithDefaults(ServiceSpec spec, List<string> families, ServiceNetwork network)
    {
        if (families.Count == 0) families.Add(network.DefaultFamily);
        var mayHaveBoth = IsFreeForm(spec) || network.IsDualStack;
        if (families.Count == 1 && spec.IpFamilyPolicy != "SingleStack" && mayHaveBoth) families.Add(families[0] == "IPv4" ? "IPv6" : "IPv4");
        return families;
    }
}
