using MiniK8s.Api.Errors;
using MiniK8s.ApiServer.Registry;

namespace MiniK8s.ApiServer.Http.Resources;

/// <summary>Brings a request for a resource to its handler, by the table of resources as it is at that moment.</summary>
/// <param name="tables">The table.</param>
/// <param name="clock">Time.</param>
/// <param name="stopping">Cancelled when the server stops.</param>
internal sealed class ResourceRouter(ResourceTables tables, TimeProvider clock, CancellationToken stopping)
{
    private readonly GetHandler gets = new(clock);
    private readonly ListHandler lists = new(clock);
    private readonly WatchHandler watches = new(clock, stopping);
    private readonly WriteHandler writes = new(clock);

    /// <summary>Answers a request.</summary>
    /// <exception cref="ApiException">404: there is no such resource. 405: it does not know the verb.</exception>
    public Task HandleAsync(HttpContext context)
    {
        var request = context.GetRequestInfo();
        var table = tables.Current;
        if (table.Endpoint(request.Group, request.Version, request.Resource, request.Subresource) is { } endpoint)
        {
            return endpoint.Verbs.Contains(request.Verb) ? endpoint.HandleAsync(context) : throw ApiErrors.MethodNotAllowed();
        }

        if (table.Registry(request.Group, request.Version, request.Resource) is not { } registry) throw ApiErrors.NoSuchPath();
        if (registry.Info.Namespaced == (request.Namespace.Length == 0) && !IsAcrossNamespaces(request, registry)) throw ApiErrors.NoSuchPath();
        return request.Subresource switch
        {
            "" => Object(context, request, registry),
            "status" when registry.Traits.HasStatus => Status(context, request, registry),
            _ => throw ApiErrors.NoSuchPath(),
        };
    }

    private Task Object(HttpContext context, RequestInfo request, IResourceRegistry registry) => request.Verb switch
    {
        "get" => gets.HandleAsync(context, registry),
        "list" => lists.HandleAsync(context, registry),
        "watch" => watches.HandleAsync(context, registry),
        "create" when request.IsCollection => writes.CreateAsync(context, registry),
        "update" when !request.IsCollection => writes.UpdateAsync(context, registry),
        "patch" when !request.IsCollection => writes.PatchAsync(context, registry),
        "delete" => new DeleteHandler(writes).DeleteAsync(context, registry),
        "deletecollection" when registry.Traits.DeletesCollections => new DeleteHandler(writes).DeleteCollectionAsync(context, registry),
        _ => throw ApiErrors.MethodNotAllowed(),
    };

    private Task Status(HttpContext context, RequestInfo request, IResourceRegistry registry) => request.Verb switch
    {
        "get" => gets.HandleAsync(context, registry),
        "update" => writes.UpdateAsync(context, registry),
        "patch" => writes.PatchAsync(context, registry),
        _ => throw ApiErrors.MethodNotAllowed(),
    };

    /// <summary>Whether a path without a namespace may stand for a namespaced kind: reads of all namespaces, and the short path of a creation.</summary>
    private static bool IsAcrossNamespaces(RequestInfo request, IResourceRegistry registry) =>
        registry.Info.Namespaced
            ? request.IsCollection && request.Verb is "list" or "watch" or "create"
            : request.Resource == "namespaces" && request.Namespace == request.Name;
}
