using System.CommandLine;
using System.Net;
using MiniK8s.Api.Networking;
using MiniK8s.Client.Config;
using MiniK8s.Runtime.Hosting;

namespace MiniK8s.ControllerManager;

/// <summary>The command line of a controller manager process.</summary>
public static class ControllerManagerCommand
{
    /// <summary>Describes the options and what they start.</summary>
    public static RootCommand Create()
    {
        var connection = new ConnectionOptions();
        var services = new Option<string>("--service-cluster-ip-range")
        {
            Description = "Addresses of Services: one range, or two of different families with a comma between.",
            HelpName = "CIDR",
            DefaultValueFactory = _ => ServiceNetwork.Default.Addresses[0].ToString(),
        };
        var nodePorts = new Option<string>("--service-node-port-range")
        {
            Description = "Node ports of Services.", HelpName = "FIRST-LAST", DefaultValueFactory = _ => PortRange.Default.ToString(),
        };
        var pods = new Option<string?>("--cluster-cidr")
        {
            Description = "Addresses of pods, of which every node gets a block; without it nodes are left alone.", HelpName = "CIDR",
        };
        var elect = new Option<bool>("--leader-elect") { Description = "Compete with other controller managers; only the one that holds the lease works." };
        var verbosity = new Option<int>("-v") { Description = "Log verbosity: 2 says what happens, 4 why.", HelpName = "N", DefaultValueFactory = _ => 2 };
        var command = new RootCommand("Runs the controllers and the scheduler.") { services, nodePorts, pods, elect, verbosity };
        connection.AddTo(command);
        command.SetAction((result, cancellationToken) => RunAsync(
            () => new ControllerManagerOptions
            {
                Network = ReadNetwork(result.GetValue(services)!, result.GetValue(nodePorts)!),
                ClusterCidrs = ReadBlocks(result.GetValue(pods)),
                LeaderElect = result.GetValue(elect),
            },
            connection.Read(result), result.GetValue(verbosity), cancellationToken));
        return command;
    }

    /// <summary>The Service addresses and node ports that two options name.</summary>
    /// <exception cref="ArgumentException">One of them is wrong; the message names it.</exception>
    internal static ServiceNetwork ReadNetwork(string addresses, string nodePorts)
    {
        try
        {
            return new ServiceNetwork([.. addresses.Split(',', StringSplitOptions.TrimEntries).Select(IpRange.Parse)], PortRange.Parse(nodePorts));
        }
        catch (Exception wrong) when (wrong is FormatException or ArgumentException)
        {
            throw new ArgumentException($"--service-cluster-ip-range {addresses}, --service-node-port-range {nodePorts}: {wrong.Message}", wrong);
        }
    }

    /// <summary>The blocks of pod addresses that the option names; none where it is not given.</summary>
    /// <exception cref="ArgumentException">The text is no block; the message says what would be.</exception>
    internal static IReadOnlyList<IPNetwork> ReadBlocks(string? text) => string.IsNullOrWhiteSpace(text) ? []
        : [.. text.Split(',', StringSplitOptions.TrimEntries).Select(part => IPNetwork.TryParse(part, out var block) ? block
            : throw new ArgumentException($"--cluster-cidr {text}: \"{part}\" is no block of addresses such as 10.244.0.0/16"))];

    private static async Task<int> RunAsync(Func<ControllerManagerOptions> read, ConnectionSettings connection, int verbosity, CancellationToken cancellationToken)
    {
        try
        {
            using var loggers = ConsoleLogs.Create(verbosity);
            var options = read();
            options.Check();
            var config = ClientConfigs.Load(connection.Kubeconfig);
            await using var context = ComponentContextFactory.Create(config, connection, "minik8s-controller-manager", loggers);
            var component = new ControllerManagerComponent(context.Context, options with { RootCertificate = config.AuthorityPem });
            return await ComponentHost.RunAsync([component], loggers, cancellationToken);
        }
        catch (Exception wrong) when (wrong is ArgumentException or KubeConfigException)
        {
            await Console.Error.WriteLineAsync($"error: {wrong.Message}");
            return 2;
        }
    }
}
