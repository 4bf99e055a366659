using MiniK8s.Api;
using MiniK8s.Api.Declarations;

namespace MiniK8s.ApiServer.Registry;

/// <summary>The keys of the store: <c>/registry/GROUP/PLURAL/NAMESPACE/NAME</c> for objects, with <c>core</c> for the core group, and <c>/claims/…</c> for claims.</summary>
internal static class RegistryKeys
{
    /// <summary>The beginning of all claims.</summary>
    public const string Claims = "/claims/";

    /// <summary>The beginning of the keys of a kind, with a slash at the end.</summary>
    public static string PrefixOf(KindInfo info) => $"/registry/{(info.Group.Length == 0 ? "core" : info.Group)}/{info.Plural}/";

    /// <summary>The key of an object.</summary>
    public static string Of(KindInfo info, ObjectKey key) => PrefixOf(info) + key;

    /// <summary>The key of a claim.</summary>
    public static string Of(Claim claim) => Claims + claim.Key;
}
