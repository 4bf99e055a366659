using MiniK8s.Api.Declarations;

namespace MiniK8s.ApiServer.Http;

/// <summary>Reads a <see cref="RequestInfo"/> from a method and a path. Pure.</summary>
/// <param name="find">The kind that is served at (group, version, plural), or null.</param>
internal sealed class RequestInfoParser(Func<string, string, string, KindInfo?> find)
{
    /// <summary>What the request is about.</summary>
    public RequestInfo Parse(string method, string path, IQueryCollection query)
    {
        var other = new RequestInfo { Verb = method.ToLowerInvariant(), Path = path };
        string[] parts = [.. path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)];
        var (group, version, rest) = parts switch
        {
            ["api", var coreVersion, _, ..] => ("", coreVersion, parts[2..]),
            ["apis", var namedGroup, var namedVersion, _, ..] => (namedGroup, namedVersion, parts[3..]),
            _ => ("", "", []),
        };
        if (rest.Length == 0) return other;
        var place = Locate(group, version, rest);
        return other with
        {
            IsResource = true,
            Group = group,
            Version = version,
            Namespace = place.Namespace,
            Resource = place.Resource,
            Name = place.Name.Length > 0 ? place.Name : NameIn(query),
            Subresource = place.Subresource,
            SubresourcePath = place.Rest,
            IsCollection = place.Name.Length == 0,
            Verb = VerbOf(method, place.Name.Length == 0, query),
        };
    }

    private Place Locate(string group, string version, string[] parts)
    {
        switch (parts)
        {
            // Namespaces are objects themselves, with subresources of their own.
            case ["namespaces", var name]:
                return new Place(name, "namespaces", name, "", "");
            case ["namespaces", var name, "status" or "finalize"]:
                return new Place(name, "namespaces", name, parts[2], "");
            case ["namespaces", var name, var resource, .. var tail]:
                return At(name, resource, tail);
            case [var resource, .. var tail] when find(group, version, resource) is { Namespaced: true }:
                return AtShortPath(group, version, resource, tail);
            default:
                return At("", parts[0], parts[1..]);
        }
    }

    /// <summary>The short paths of the project that MiniK8s comes from: <c>/api/v1/services/NAMESPACE/NAME</c>, and <c>…/endpoints</c> behind it.</summary>
    private Place AtShortPath(string group, string version, string resource, string[] tail) => tail switch
    {
        [] => new Place("", resource, "", "", ""),
        [var name] => new Place("", resource, name, "", ""),
        [var @namespace, var name, "endpoints"] when find(group, version, "endpoints") is not null => new Place(@namespace, "endpoints", name, "", ""),
        [var @namespace, .. var more] => At(@namespace, resource, more),
    };

    private static Place At(string @namespace, string resource, string[] tail) => tail switch
    {
        [] => new Place(@namespace, resource, "", "", ""),
        [var name] => new Place(@namespace, resource, name, "", ""),
        [var name, var subresource, .. var rest] => new Place(@namespace, resource, name, subresource, string.Join('/', rest)),
    };

    private static string VerbOf(string method, bool isCollection, IQueryCollection query) => method switch
    {
        "GET" or "HEAD" when isCollection => IsTrue(query["watch"]) ? "watch" : "list",
        "GET" or "HEAD" => "get",
        "POST" => "create",
        "PUT" => "update",
        "PATCH" => "patch",
        "DELETE" => isCollection ? "deletecollection" : "delete",
        _ => method.ToLowerInvariant(),
    };

    /// <summary>Whether a boolean query parameter is set, as Go's strconv.ParseBool and Kubernetes read it: a bare name counts as true.</summary>
    internal static bool IsTrue(string? value) => value is not null and not ("0" or "false" or "False" or "FALSE" or "f" or "F");

    /// <summary>The one object that a field selector names, so that authorization can be narrower than the collection.</summary>
    private static string NameIn(IQueryCollection query)
    {
        const string prefix = "metadata.name=";
        var selector = query["fieldSelector"].ToString();
        var term = selector.Split(',').FirstOrDefault(part => part.StartsWith(prefix, StringComparison.Ordinal));
        return term is null ? "" : term[prefix.Length..].TrimStart('=');
    }

    private readonly record struct Place(string Namespace, string Resource, string Name, string Subresource, string Rest);
}
