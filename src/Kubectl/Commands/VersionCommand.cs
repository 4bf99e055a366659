using System.CommandLine;
using System.Reflection;

namespace MiniK8s.Kubectl.Commands;

/// <summary><c>version</c>: of this program and of the server.</summary>
internal static class VersionCommand
{
    /// <summary>Describes the command.</summary>
    public static Command Create(GlobalOptions globals)
    {
        var client = new Option<bool>("--client") { Description = "Only this program's." };
        var command = new Command("version", "Show versions.") { client };
        command.SetAction(async (result, cancellationToken) =>
        {
            using var session = globals.Open(result);
            var own = typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];
            await session.Terminal.Output.WriteLineAsync($"Client Version: v{own}");
            if (result.GetValue(client)) return 0;
            var server = await session.GetAsync("/version", cancellationToken);
            await session.Terminal.Output.WriteLineAsync($"Server Version: {(string?)server["gitVersion"]}");
            return 0;
        });
        return command;
    }
}
