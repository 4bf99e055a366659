using System.CommandLine;
using MiniK8s.Api.Core.V1;
using MiniK8s.Kubectl.CommandLine;
using MiniK8s.Kubectl.Requests;

namespace MiniK8s.Kubectl.Commands;

/// <summary><c>cluster-info</c>: where the control plane and its Services are.</summary>
internal static class ClusterInfoCommand
{
    private const string Selector = "?labelSelector=kubernetes.io%2Fcluster-service%3Dtrue";

    /// <summary>Describes the command.</summary>
    public static Command Create(GlobalOptions globals)
    {
        var command = new CommandWithExamples("cluster-info", "Show where the control plane and the cluster's own services are.", "kubectl cluster-info");
        command.SetAction(async (result, cancellationToken) =>
        {
            using var session = globals.Open(result);
            var services = await session.GetAsync(Service.Info.Path("kube-system") + Selector, cancellationToken);
            var server = session.Place.Server.ToString().TrimEnd('/');
            await session.Terminal.Output.WriteLineAsync($"Kubernetes control plane is running at {server}");
            foreach (var service in ListItems.Of(services, Service.Info))
            {
                var name = (string?)service["metadata"]?["name"] ?? "";
                var label = (string?)service["metadata"]?["labels"]?["kubernetes.io/name"] ?? name;
                await session.Terminal.Output.WriteLineAsync($"{label} is running at {server}{Service.Info.Path("kube-system", name)}/proxy");
            }

            return 0;
        });
        return command;
    }
}
