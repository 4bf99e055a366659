using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Networking;
using MiniK8s.Api.Validation;
using MiniK8s.ApiServer.Kinds.Rules;

namespace MiniK8s.ApiServer.Kinds;

/// <summary>
/// The fields that have to do with the Service's own addresses and families, by themselves and against what the cluster has.
/// Kubernetes answers with the first group of errors alone; so does this.
/// </summary>
internal static class ServiceAddressValidation
{
    private const string Addresses = "spec.clusterIPs";
    private const string Families = "spec.ipFamilies";
    private const string Policy = "spec.ipFamilyPolicy";
    private static readonly string[] KnownFamilies = ["IPv4", "IPv6"];
    private static readonly string[] KnownPolicies = ["PreferDualStack", "RequireDualStack", "SingleStack"];

    public static IReadOnlyList<FieldError> Validate(ServiceSpec spec, ServiceNetwork network)
    {
        if (!ServiceNeeds.ClusterIP(spec)) return [];
        IReadOnlyList<FieldError> errors = [.. Form(spec)];
        if (errors.Count == 0) errors = [.. Count(spec), .. UnknownFamilies(spec, network)];
        if (errors.Count == 0 && !ServiceFamilies.IsFreeForm(spec)) errors = [.. AgainstCluster(spec, network)];
        return errors.Count == 0 ? [.. Ranges(spec, network)] : errors;
    }

    private static IEnumerable<FieldError> Form(ServiceSpec spec)
    {
        var invalid = spec.ClusterIPs.SelectMany((address, index) => AddressForm(spec.ClusterIPs, address, index)).ToList();
        var errors = Mirror(spec).Concat(FamilyForm(spec)).Concat(invalid);
        if (spec.ClusterIPs.Count > 2) errors = errors.Append(FieldError.Invalid(Addresses, spec.ClusterIPs, "may only hold up to 2 values"));
        return invalid.Count > 0 ? errors : errors.Concat(AddressesAndFamilies(spec));
    }

    private static IEnumerable<FieldError> Mirror(ServiceSpec spec)
    {
        if (string.IsNullOrEmpty(spec.ClusterIP))
        {
            if (spec.ClusterIPs.Count > 0) yield return FieldError.Invalid(Addresses, spec.ClusterIPs, "must be empty when `clusterIP` is not specified");
        }
        else if (spec.ClusterIPs.Count == 0) yield return FieldError.Required(Addresses);
        else if (spec.ClusterIPs[0] != spec.ClusterIP) yield return FieldError.Invalid(Addresses, spec.ClusterIPs, "first value must match `clusterIP`");
    }

    private static IEnumerable<FieldError> FamilyForm(ServiceSpec spec)
    {
        for (var index = 0; index < spec.IpFamilies.Count; index++)
        {
            var family = spec.IpFamilies[index];
            if (!KnownFamilies.Contains(family)) yield return FieldError.NotSupported($"{Families}[{index}]", family, KnownFamilies);
            if (spec.IpFamilies.Take(index).Contains(family)) yield return FieldError.Duplicate($"{Families}[{index}]", family);
        }
        foreach (var error in FieldRules.OptionalOneOf(Policy, spec.IpFamilyPolicy, KnownPolicies)) yield return error;
    }

    private static IEnumerable<FieldError> AddressForm(IReadOnlyList<string> all, string address, int index)
    {
        if (index == 0 && address == ServiceNeeds.Headless)
            return all.Count > 1 ? [FieldError.Invalid(Addresses, all, "'None' must be the first and only value")] : [];
        return FieldRules.Ip($"{Addresses}[{index}]", address);
    }

    private static IEnumerable<FieldError> AddressesAndFamilies(ServiceSpec spec)
    {
        if (spec.ClusterIPs.Count > 1 && spec.ClusterIPs.DistinctBy(IpText.FamilyOf).Count() != spec.ClusterIPs.Count)
            yield return FieldError.Invalid(Addresses, spec.ClusterIPs, "may specify no more than one IP for each IP family");
        if (ServiceNeeds.IsHeadless(spec)) yield break;
        foreach (var (index, (address, family)) in spec.ClusterIPs.Zip(spec.IpFamilies).Index())
        {
            if (KnownFamilies.Contains(family) && IpText.FamilyOf(address) != family)
                yield return FieldError.Invalid($"{Addresses}[{index}]", address, $"expected an {family} value as indicated by `ipFamilies[{index}]`");
        }
    }

    private static IEnumerable<FieldError> Count(ServiceSpec spec)
    {
        if (spec.IpFamilyPolicy is not (null or "SingleStack")) yield break;
        if (spec.ClusterIPs.Count == 2)
            yield return FieldError.Invalid(Policy, spec.IpFamilyPolicy, "must be 'RequireDualStack' or 'PreferDualStack' when multiple cluster IPs are specified");
        if (spec.IpFamilies.Count == 2)
            yield return FieldError.Invalid(Policy, spec.IpFamilyPolicy, "must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified");
    }

    /// <summary>An address of a family that neither the Service named nor the cluster has.</summary>
    private static IEnumerable<FieldError> UnknownFamilies(ServiceSpec spec, ServiceNetwork network)
    {
        if (ServiceNeeds.IsHeadless(spec)) yield break;
        for (var index = spec.IpFamilies.Count; index < spec.ClusterIPs.Count; index++)
        {
            var family = IpText.FamilyOf(spec.ClusterIPs[index]);
            if (network.RangeOf(family) is null) yield return FieldError.Invalid($"{Addresses}[{index}]", spec.ClusterIPs, $"{family} is not configured on this cluster");
        }
    }

    private static IEnumerable<FieldError> AgainstCluster(ServiceSpec spec, ServiceNetwork network)
    {
        if (spec.IpFamilyPolicy == "RequireDualStack" && !network.IsDualStack)
            yield return FieldError.Invalid(Policy, spec.IpFamilyPolicy, "this cluster is not configured for dual-stack services");
        for (var index = 0; index < spec.IpFamilies.Count; index++)
        {
            if (network.RangeOf(spec.IpFamilies[index]) is null)
                yield return FieldError.Invalid($"{Families}[{index}]", spec.IpFamilies[index], "not configured on this cluster");
        }
    }

    private static IEnumerable<FieldError> Ranges(ServiceSpec spec, ServiceNetwork network)
    {
        if (ServiceNeeds.IsHeadless(spec)) yield break;
        foreach (var text in spec.ClusterIPs)
        {
            if (!IpText.TryParse(text, out var address) || network.RangeOf(address) is not { } range || range.IsUsable(address)) continue;
            yield return FieldError.Invalid(Addresses, spec.ClusterIPs,
                $"failed to allocate IP {text}: the provided IP ({text}) is not in the valid range. The range of valid IPs is {range}");
        }
    }
}
