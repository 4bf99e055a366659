using MiniK8s.Api.Declarations;

namespace MiniK8s.Kubectl.Printing;

/// <summary>Names of objects as commands print them: <c>service/web</c>, <c>endpointslice.discovery.k8s.io/web-x</c>.</summary>
internal static class Names
{
    /// <summary>Kind and name.</summary>
    public static string Of(KindInfo kind, string name) => $"{Prefix(kind)}/{name}";

    /// <summary>The kind alone in small letters, with its group unless that is the core group.</summary>
    public static string Prefix(KindInfo kind) => kind.Group.Length == 0 ? kind.Kind.ToLowerInvariant() : $"{kind.Kind.ToLowerInvariant()}.{kind.Group}";
}
