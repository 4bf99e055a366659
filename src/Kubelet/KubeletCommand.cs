using System.CommandLine;
using System.CommandLine.Parsing;
using Microsoft.Extensions.Logging;
using MiniK8s.Client.Config;
using MiniK8s.Runtime.Hosting;

namespace MiniK8s.Kubelet;

/// <summary>The command line of a kubelet process.</summary>
public static class KubeletCommand
{
    /// <summary>Describes the options and what they start.</summary>
    public static RootCommand Create()
    {
        var connection = new ConnectionOptions();
        var node = new Option<string>("--node-name") { Description = "Name of the Node.", HelpName = "NAME", DefaultValueFactory = _ => NodeIdentity.DefaultName };
        var address = new Option<string>("--node-ip") { Description = "Address under which other nodes reach this one.", HelpName = "IP", DefaultValueFactory = _ => NodeIdentity.DefaultAddress() };
        var docker = new Option<Uri>("--docker-host") { Description = "The Docker Engine; DOCKER_HOST unless given.", HelpName = "unix://PATH", DefaultValueFactory = _ => NodeIdentity.DefaultEngine, CustomParser = ParseEngine };
        var data = new Option<string>("--data-dir") { Description = "Directory for the pods' volumes.", HelpName = "DIR", DefaultValueFactory = _ => NodeIdentity.DefaultDataDirectory };
        var masquerade = new Option<bool>("--pod-masquerade") { Description = "Hide pods behind the node's address outside their subnet; true suits a single node only.", DefaultValueFactory = _ => false };
        var verbosity = new Option<int>("-v") { Description = "Log verbosity: 2 says what happens, 4 why.", HelpName = "N", DefaultValueFactory = _ => 2 };
        var command = new RootCommand("Runs the pods that are bound to this node, on its Docker Engine.") { node, address, docker, data, masquerade, verbosity };
        connection.AddTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            var options = new KubeletOptions
            {
                NodeName = result.GetValue(node)!,
                NodeAddress = result.GetValue(address)!,
                DockerHost = result.GetValue(docker)!,
                DataDirectory = result.GetValue(data)!,
                MasqueradePods = result.GetValue(masquerade),
            };
            using var loggers = ConsoleLogs.Create(result.GetValue(verbosity));
            return await RunAsync(options, connection.Read(result), loggers, cancellationToken);
        });
        return command;
    }

    private static Uri? ParseEngine(ArgumentResult result)
    {
        var text = result.Tokens is [var token] ? token.Value : "";
        if (Uri.TryCreate(text, UriKind.Absolute, out var engine)) return engine;
        result.AddError($"--docker-host '{text}' must begin with unix:// or tcp://");
        return null;
    }

    private static async Task<int> RunAsync(KubeletOptions options, ConnectionSettings connection, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        if (options.Validate().ToList() is { Count: > 0 } wrong)
        {
            await Console.Error.WriteLineAsync($"error: {string.Join("; ", wrong)}");
            return 2;
        }

        try
        {
            await using var context = ComponentContextFactory.Create(connection, "minik8s-kubelet", loggers);
            using var kubelet = new KubeletComponent(context.Context, options);
            return await ComponentHost.RunAsync([kubelet], loggers, cancellationToken);
        }
        catch (KubeConfigException missing)
        {
            await Console.Error.WriteLineAsync($"error: {missing.Message}");
            return 2;
        }
    }
}
