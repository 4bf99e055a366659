using MiniK8s.ApiServer.Security.Authentication;

namespace MiniK8s.ApiServer.Security.Authorization;

/// <summary>
/// The rights that exist from the start, one list per user or group, each no wider than its component needs (compare
/// plugin/pkg/auth/authorizer/rbac/bootstrappolicy of Kubernetes). Whoever is not listed may do nothing.
/// </summary>
internal static class BuiltInPolicy
{
    private static readonly string[] Read = ["get", "list", "watch"];
    private static readonly string[] Write = ["create", "update", "patch", "delete"];
    private const string Core = "";
    private const string Discovery = "discovery.k8s.io";
    private const string Coordination = "coordination.k8s.io";

    /// <summary>Rules by user name.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<PolicyRule>> Users { get; } = new Dictionary<string, IReadOnlyList<PolicyRule>>
    {
        ["system:kube-controller-manager"] =
        [
            Rule([.. Read], [Core, Discovery, Coordination], "*"),
            Rule([.. Write, "deletecollection"], [Core], "*"),
            Rule([.. Write, "deletecollection"], [Discovery], "endpointslices"),
            Rule([.. Write, "deletecollection"], [Coordination], "leases"),
            Rule(["delete", "deletecollection"], ["*"], "*"),
        ],
        ["system:kube-proxy"] =
        [
            Rule(Read, [Core], "services", "endpoints", "nodes"),
            Rule(Read, [Discovery], "endpointslices"),
            Rule(["create", "update", "patch"], [Core, "events.k8s.io"], "events"),
        ],
    };

    /// <summary>Rules by group. Nodes have more, which <see cref="NodeAuthorizer"/> ties to the node's own objects.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<PolicyRule>> Groups { get; } = new Dictionary<string, IReadOnlyList<PolicyRule>>
    {
        ["system:masters"] = [new PolicyRule { Verbs = ["*"], Groups = ["*"], Resources = ["*"], Paths = ["*"] }],
        ["system:nodes"] =
        [
            Rule(Read, [Core], "services", "endpoints", "nodes"),
            Rule(Read, [Discovery], "endpointslices"),
            Rule(["create", "update", "patch"], [Core], "events"),
        ],
        [UserInfo.AllAuthenticated] =
        [
            new PolicyRule { Verbs = ["get", "head"], Paths = ["/api", "/api/*", "/apis", "/apis/*", "/openapi", "/openapi/*", "/healthz", "/healthz/*", "/livez", "/livez/*", "/readyz", "/readyz/*", "/version", "/version/"] },
        ],
        [UserInfo.AllUnauthenticated] =
        [
            new PolicyRule { Verbs = ["get", "head"], Paths = ["/livez", "/livez/*", "/readyz", "/readyz/*", "/version", "/version/"] },
        ],
    };

    private static PolicyRule Rule(IReadOnlyList<string> verbs, IReadOnlyList<string> groups, params IReadOnlyList<string> resources) =>
        new() { Verbs = verbs, Groups = groups, Resources = resources };
}
