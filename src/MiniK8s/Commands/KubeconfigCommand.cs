using System.CommandLine;
using MiniK8s.ApiServer.Security.Pki;
using MiniK8s.Runtime.Hosting;

namespace MiniK8s.Commands;

/// <summary><c>kubeconfig</c>: a kubeconfig with a client certificate for one part of the cluster, for processes on other hosts.</summary>
internal static class KubeconfigCommand
{
    /// <summary>Describes the command.</summary>
    public static Command Create()
    {
        var data = CommonOptions.DataDirectory();
        var identity = new Argument<string>("FOR") { Description = "admin, controller-manager, proxy, or node:NAME." };
        var server = new Option<Uri>("--server") { Description = "Address of the API server as that part reaches it.", HelpName = "URL", Required = true, CustomParser = UriArgument.Parse };
        var output = new Option<string>("--output", "-o") { Description = "File to write, readable by its owner only.", HelpName = "FILE", Required = true };
        var command = new Command("kubeconfig", "Write a kubeconfig for a part that runs elsewhere, signed by the authority in the data directory.") { identity, data, server, output };
        command.SetAction(result =>
        {
            using var pki = ClusterPki.Open(Path.GetFullPath(result.GetValue(data)!), TimeProvider.System);
            pki.WriteKubeconfig(Path.GetFullPath(result.GetValue(output)!), result.GetValue(server)!, Identity(result.GetValue(identity)!));
            return 0;
        });
        return command;
    }

    private static ComponentIdentity Identity(string name) => name switch
    {
        "admin" => ComponentIdentity.Admin,
        "controller-manager" => ComponentIdentity.ControllerManager,
        "proxy" => ComponentIdentity.Proxy,
        _ when name.StartsWith("node:", StringComparison.Ordinal) && name.Length > 5 => ComponentIdentity.Node(name[5..]),
        _ => throw new ClusterException($"'{name}' is no part of a cluster; give admin, controller-manager, proxy or node:NAME"),
    };
}
