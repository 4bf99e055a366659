using MiniK8s.ApiServer.Security.Authentication;
using MiniK8s.ApiServer.Security.Authorization;

namespace MiniK8s.ApiServer.Tests.Security;

public class AuthorizerTests
{
    private static readonly UserInfo Admin = UserInfo.Authenticated("root", ["system:masters"]);
    private static readonly UserInfo Stranger = UserInfo.Authenticated("eve", []);
    private static readonly UserInfo Proxy = UserInfo.Authenticated("system:kube-proxy", []);
    private static readonly UserInfo Controllers = UserInfo.Authenticated("system:kube-controller-manager", []);
    private static readonly UserInfo Node = UserInfo.Authenticated("system:node:n1", ["system:nodes"]);
    private static readonly UserInfo Pretender = UserInfo.Authenticated("system:node:n1", []);

    public static TheoryData<string, bool> Requests => new()
    {
        { "admin delete nodes/n1", true },
        { "stranger get pods default/a", false },
        { "stranger list services", false },
        { "stranger path /api/v1", true },
        { "stranger path /metrics", false },
        { "nobody path /readyz", true },
        { "nobody path /api", false },
        { "nobody get pods default/a", false },
        { "proxy watch services", true },
        { "proxy watch endpointslices.discovery.k8s.io", true },
        { "proxy list secrets", false },
        { "proxy update services default/a", false },
        { "controllers update services default/a", true },
        { "controllers create pods/binding default/a", true },
        { "node get pods default/mine", true },
        { "node get pods default/other", false },
        { "node update pods/status default/mine", true },
        { "node update pods default/mine", false },
        { "node update pods/status default/other", false },
        { "node delete pods default/mine", true },
        { "node delete pods default/other", false },
        { "node list pods", false },
        { "node list pods ?spec.nodeName=n1", true },
        { "node list pods ?spec.nodeName=n2", false },
        { "node update nodes/status n1", true },
        { "node update nodes/status n2", false },
        { "node delete nodes n1", false },
        { "node update leases.coordination.k8s.io kube-node-lease/n1", true },
        { "node update leases.coordination.k8s.io kube-node-lease/n2", false },
        { "node update leases.coordination.k8s.io default/n1", false },
        { "node get secrets default/used", true },
        { "node get secrets default/unused", false },
        { "node list secrets default/", false },
        { "pretender update nodes/status n1", false },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public void A_request_is_allowed_only_where_a_rule_says_so(string request, bool allowed) =>
        Assert.Equal(allowed, new Authorizer(new Facts()).IsAllowed(Parse(request)));

    private static RequestAttributes Parse(string text)
    {
        var parts = text.Split(' ');
        var user = parts[0] switch
        {
            "admin" => Admin, "stranger" => Stranger, "proxy" => Proxy, "controllers" => Controllers, "node" => Node,
            "pretender" => Pretender, _ => UserInfo.Anonymous,
        };
        if (parts[1] == "path") return new RequestAttributes { User = user, Verb = "get", Path = parts[2] };
        var resource = parts[2].Split('/', 2);
        var named = resource[0].Split('.', 2);
        var target = parts.Length > 3 && !parts[3].StartsWith('?') ? parts[3] : "";
        var slash = target.IndexOf('/', StringComparison.Ordinal);
        var nodes = resource[0] == "nodes";
        return new RequestAttributes
        {
            User = user,
            Verb = parts[1],
            IsResource = true,
            Resource = named[0],
            Group = named.Length > 1 ? named[1] : "",
            Subresource = resource.Length > 1 && !(nodes && resource[1] == "n1") ? resource[1] : "",
            Namespace = slash < 0 ? "" : target[..slash],
            Name = target[(slash + 1)..],
            FieldSelector = parts[^1].StartsWith('?') ? parts[^1][1..] : "",
        };
    }

    private sealed class Facts : INodeFacts
    {
        public bool IsBound(string node, string @namespace, string pod) => (node, pod) == ("n1", "mine");

        public bool RefersTo(string node, string resource, string @namespace, string name) => (node, name) == ("n1", "used");
    }
}
