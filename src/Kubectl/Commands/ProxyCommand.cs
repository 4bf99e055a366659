using System.CommandLine;
using System.Net;
using MiniK8s.Kubectl.CommandLine;
using MiniK8s.Kubectl.Proxying;

namespace MiniK8s.Kubectl.Commands;

/// <summary><c>proxy</c>: a port on loopback that passes requests on to the API server under the user's credentials.</summary>
internal static class ProxyCommand
{
    /// <summary>Describes the command.</summary>
    public static Command Create(GlobalOptions globals)
    {
        var port = new Option<int>("--port", "-p") { Description = "Port on loopback; 0 for any free one.", HelpName = "N", DefaultValueFactory = _ => 8001 };
        var address = new Option<string>("--address") { Description = "Loopback address to listen on.", HelpName = "IP", DefaultValueFactory = _ => "127.0.0.1" };
        var command = new CommandWithExamples(
            "proxy", "Open a loopback port to the API server, for curl and browsers on this machine. Whoever reaches it acts with your rights.",
            "kubectl proxy --port 5050", "curl http://localhost:5050/api/v1/services")
        {
            port, address,
        };
        command.SetAction(async (result, cancellationToken) =>
        {
            var listen = Listen(result.GetValue(address)!, result.GetValue(port));
            using var session = globals.Open(result);
            await using var proxy = await LoopbackProxy.StartAsync(session.Raw, listen, cancellationToken);
            await session.Terminal.Output.WriteLineAsync($"Starting to serve on {proxy.Address}");
            await session.Terminal.Output.FlushAsync(cancellationToken);
            await proxy.Completion.WaitAsync(cancellationToken);
            return 0;
        });
        return command;
    }

    private static IPEndPoint Listen(string address, int port)
    {
        if (!IPAddress.TryParse(address, out var ip) || !IPAddress.IsLoopback(ip))
        {
            throw new CommandException($"--address '{address}' must be a loopback address such as 127.0.0.1: whoever reaches the port has your rights");
        }

        return port is >= 0 and <= IPEndPoint.MaxPort ? new IPEndPoint(ip, port) : throw new CommandException($"--port {port} must be between 0 and {IPEndPoint.MaxPort}");
    }
}
