namespace MiniK8s.ApiServer.Security.Authorization;

/// <summary>Decides whether a request may be carried out. What no rule allows is denied.</summary>
public sealed class Authorizer(INodeFacts facts)
{
    private readonly NodeAuthorizer nodes = new(facts);

    /// <summary>Whether some rule of the user, of one of its groups, or of its node allows the request.</summary>
    public bool IsAllowed(RequestAttributes request)
    {
        if (BuiltInPolicy.Users.TryGetValue(request.User.Name, out var own) && AnyAllows(own, request)) return true;
        foreach (var group in request.User.Groups)
        {
            if (BuiltInPolicy.Groups.TryGetValue(group, out var rules) && AnyAllows(rules, request)) return true;
        }

        return nodes.Allows(request);
    }

    private static bool AnyAllows(IReadOnlyList<PolicyRule> rules, RequestAttributes request)
    {
        foreach (var rule in rules)
        {
            if (rule.Allows(request)) return true;
        }

        return false;
    }
}
