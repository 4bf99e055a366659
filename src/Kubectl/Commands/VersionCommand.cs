using System.CommandLine;
using System.Reflection;
using System.Text.Json.Nodes;
using MiniK8s.Api.Decoding;
using MiniK8s.Kubectl.CommandLine;
using MiniK8s.Kubectl.Printing;

namespace MiniK8s.Kubectl.Commands;

/// <summary><c>version</c>: of this program and of the server.</summary>
internal static class VersionCommand
{
    /// <summary>Describes the command.</summary>
    public static Command Create(GlobalOptions globals)
    {
        var onlyClient = new Option<bool>("--client") { Description = "Only this program's; no server is asked." };
        var output = new Option<string?>("--output", "-o") { Description = "yaml or json.", HelpName = "FORMAT" };
        var command = new CommandWithExamples("version", "Show the versions of this program and of the server.", "kubectl version", "kubectl version --client -o json")
        {
            onlyClient, output,
        };
        command.SetAction(async (result, cancellationToken) =>
        {
            var format = OutputFormats.Parse(result.GetValue(output), OutputFormat.Yaml, OutputFormat.Json);
            var versions = new JsonObject { ["clientVersion"] = new JsonObject { ["gitVersion"] = Own() } };
            if (!result.GetValue(onlyClient))
            {
                using var session = globals.Open(result);
                versions["serverVersion"] = await session.GetAsync("/version", cancellationToken);
            }

            await globals.Terminal.Output.WriteAsync(Text(versions, format));
            return 0;
        });
        return command;
    }

    private static string Text(JsonObject versions, OutputFormat format) => format switch
    {
        OutputFormat.Yaml => YamlWriter.Write(versions),
        OutputFormat.Json => JsonText.Indented(versions) + "\n",
        _ => Line("Client", versions["clientVersion"]) + Line("Server", versions["serverVersion"]),
    };

    private static string Line(string whose, JsonNode? version) => version is null ? "" : $"{whose} Version: {(string?)version["gitVersion"]}\n";

    private static string Own() =>
        "v" + typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
