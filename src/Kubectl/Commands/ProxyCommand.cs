using System.CommandLine;
using System.Net;
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
        var command = new Command("proxy", "Open a loopback port to the API server, for curl and browsers on this machine.") { port, address };
        command.SetAction(async (result, cancellationToken) =>
        {
            using var session = globals.Open(result);
            if (!IPAddress.TryParse(result.GetValue(address), out var listen) || !IPAddress.IsLoopback(listen))
            {
                throw new CommandException($"--address '{result.GetValue(address)}' must be a loopback address: whoever reaches the port has your rights");
            }

            await using var proxy = await LoopbackProxy.StartAsync(session.Raw, new IPEndPoint(listen, result.GetValue(port)), cancellationToken);
            await session.Terminal.Output.WriteLineAsync($"Starting to serve on {proxy.Address}");
            await session.Terminal.Output.FlushAsync(cancellationToken);
            await proxy.Completion.WaitAsync(cancellationToken);
            return 0;
        });
        return command;
    }
}
