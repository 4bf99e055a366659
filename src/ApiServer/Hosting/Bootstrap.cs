using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Decoding;
using MiniK8s.Api.Errors;
using MiniK8s.Api.Networking;
using MiniK8s.Api.Serialization;
using MiniK8s.ApiServer.Kinds;
using MiniK8s.ApiServer.Registry;

namespace MiniK8s.ApiServer.Hosting;

/// <summary>Makes what every cluster has from the start.</summary>
internal static class Bootstrap
{
    private static readonly string[] Namespaces = ["default", "kube-system", "kube-public", "kube-node-lease"];

    /// <summary>Creates the namespaces that are not there yet. Several servers may do it at the same time.</summary>
    public static async Task RunAsync(ResourceTable table, CancellationToken cancellationToken)
    {
        var info = Namespace.Info;
        if (table.Registry(info.Group, info.Version, info.Plural) is not { } registry) return;
        foreach (var name in Namespaces.Where(name => registry.Reader.Cache.Current.Find(name) is null))
        {
            var body = new JsonObject { ["apiVersion"] = info.GroupVersion, ["kind"] = info.Kind, ["metadata"] = new JsonObject { ["name"] = name } };
            try
            {
                await registry.CreateAsync("", new ParsedBody(body, []), new WriteOptions(), cancellationToken);
            }
            catch (ApiException problem) when (problem.IsAlreadyExists)
            {
                // Another server was faster.
            }
        }
    }

    /// <summary>
    /// Makes the Service <c>kubernetes</c>, by which pods reach this server, and says in its Endpoints where the server is now.
    /// </summary>
    public static async Task PublishServerAsync(ResourceTable table, ServiceNetwork network, IPAddress address, int port, CancellationToken cancellationToken)
    {
        await EnsureAsync(table, DefaultObjects.Service(network, port), replaces: false, cancellationToken);
        await EnsureAsync(table, DefaultObjects.Endpoints(address.ToString(), port), replaces: true, cancellationToken);
        await EnsureAsync(table, DefaultObjects.EndpointSlice(address.ToString(), port), replaces: true, cancellationToken);
    }

    private static async Task EnsureAsync<T>(ResourceTable table, T value, bool replaces, CancellationToken cancellationToken) where T : class, IResource<T>
    {
        if (table.Registry(T.Info.Group, T.Info.Version, T.Info.Plural) is not { } registry) return;
        var key = ObjectKey.Of(value);
        try
        {
            await registry.CreateAsync(key.Namespace, Body(value), new WriteOptions(), cancellationToken);
        }
        catch (ApiException problem) when (problem.IsAlreadyExists)
        {
            if (replaces) await registry.UpdateAsync(key, status: false, Body(value), new WriteOptions(), cancellationToken);
        }
    }

    private static ParsedBody Body<T>(T value) => new((JsonObject)JsonSerializer.SerializeToNode(value, ApiSerializer.TypeInfo<T>())!, []);
}
