using MiniK8s.ApiServer.Security.Authentication;

namespace MiniK8s.ApiServer.Security.Authorization;

/// <summary>
/// What a kubelet may do beyond the rules of its group: only with its own Node, its own Lease and the pods bound to it
/// (Kubernetes' node authorizer and NodeRestriction, as far as a request shows it). Secrets and ConfigMaps are readable by name
/// where a pod of the node refers to them.
/// </summary>
/// <param name="facts">What is bound to which node now.</param>
internal sealed class NodeAuthorizer(INodeFacts facts)
{
    private const string UserPrefix = "system:node:";
    private const string LeaseNamespace = "kube-node-lease";

    /// <summary>Whether the request is a node's and touches only what is the node's.</summary>
    public bool Allows(RequestAttributes request)
    {
        if (!request.IsResource || NodeOf(request.User) is not { } node) return false;
        return (request.Group, request.Resource) switch
        {
            ("", "nodes") => AllowsNode(request, node),
            ("", "pods") => AllowsPods(request, node),
            ("", "secrets" or "configmaps") => request is { Verb: "get", Subresource: "", Name.Length: > 0 } && facts.RefersTo(node, request.Resource, request.Namespace, request.Name),
            ("coordination.k8s.io", "leases") => request.Namespace == LeaseNamespace && (request.Name == node || request is { Verb: "create", Name: "" }),
            _ => false,
        };
    }

    /// <summary>The node whose kubelet the user is; null for everybody else.</summary>
    public static string? NodeOf(UserInfo user) =>
        user.Name.StartsWith(UserPrefix, StringComparison.Ordinal) && user.Groups.Contains("system:nodes") ? user.Name[UserPrefix.Length..] : null;

    private static bool AllowsNode(RequestAttributes request, string node) => request.Verb switch
    {
        "create" => request.Name.Length == 0 || request.Name == node,
        "update" or "patch" => request.Name == node && (request.Subresource is "" or "status"),
        _ => false,
    };

    private bool AllowsPods(RequestAttributes request, string node) => request.Verb switch
    {
        "list" or "watch" => request.Name.Length > 0 ? facts.IsBound(node, request.Namespace, request.Name) : SelectsOnly(request.FieldSelector, node),
        "get" => request.Subresource.Length == 0 && facts.IsBound(node, request.Namespace, request.Name),
        "update" or "patch" => request.Subresource == "status" && facts.IsBound(node, request.Namespace, request.Name),
        "delete" => request.Subresource.Length == 0 && facts.IsBound(node, request.Namespace, request.Name),
        _ => false,
    };

    private static bool SelectsOnly(string fieldSelector, string node) =>
        fieldSelector.Split(',', StringSplitOptions.TrimEntries).Any(part => part == $"spec.nodeName={node}" || part == $"spec.nodeName=={node}");
}

/// <summary>What the node authorizer must know of the cluster's state.</summary>
public interface INodeFacts
{
    /// <summary>Whether the pod is bound to the node. A pod that is not there counts as bound, so that the answer is 404 and not 403.</summary>
    bool IsBound(string node, string @namespace, string pod);

    /// <summary>Whether a pod bound to the node refers to the Secret or ConfigMap (<paramref name="resource"/> is the plural).</summary>
    bool RefersTo(string node, string resource, string @namespace, string name);
}
