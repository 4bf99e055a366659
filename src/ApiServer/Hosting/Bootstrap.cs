using System.Text.Json.Nodes;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Decoding;
using MiniK8s.Api.Errors;
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
}
