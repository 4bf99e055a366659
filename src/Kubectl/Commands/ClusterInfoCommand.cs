using System.CommandLine;
using System.Text.Json.Nodes;

namespace MiniK8s.Kubectl.Commands;

/// <summary><c>cluster-info</c>: where the control plane and its Services are.</summary>
internal static class ClusterInfoCommand
{
    /// <summary>Describes the command.</summary>
    public static Command Create(GlobalOptions globals)
    {
        var command = new Command("cluster-info", "Show where the cluster is.");
        command.SetAction(async (result, cancellationToken) =>
        {
            using var session = globals.Open(result);
            var services = await session.GetAsync("/api/v1/namespaces/kube-system/services?labelSelector=kubernetes.io%2Fcluster-service%3Dtrue", cancellationToken);
            var server = session.Server.ToString().TrimEnd('/');
            await session.Terminal.Output.WriteLineAsync($"Kubernetes control plane is running at {server}");
            foreach (var service in (services["items"] as JsonArray ?? []).OfType<JsonObject>())
            {
                var name = (string?)service["metadata"]?["name"];
                var label = (string?)service["metadata"]?["labels"]?["kubernetes.io/name"] ?? name;
                await session.Terminal.Output.WriteLineAsync($"{label} is running at {server}/api/v1/namespaces/kube-system/services/{name}/proxy");
            }

            return 0;
        });
        return command;
    }
}
