using System.CommandLine;
using System.Net;
using MiniK8s.Api.Networking;
using MiniK8s.Api.Topics;
using MiniK8s.ApiServer.Events;
using MiniK8s.ApiServer.Storage;
using MiniK8s.ApiServer.Storage.Etcd;

namespace MiniK8s.ApiServer.Hosting;

/// <summary>The command line of the API server as a process of its own.</summary>
public static class ApiServerCommand
{
    private static readonly ApiServerOptions Defaults = new();

    private static readonly Option<string> DataDirectory = new("--data-dir")
    {
        Description = "Where certificates, tokens and the sqlite store lie", DefaultValueFactory = _ => Defaults.DataDirectory,
    };

    private static readonly Option<StoreKind> Store = new("--store") { Description = "sqlite, memory or etcd", DefaultValueFactory = _ => StoreKind.Sqlite };

    private static readonly Option<string?> EtcdServers = new("--etcd-servers") { Description = "URLs of the etcd members, separated by commas; implies --store etcd" };

    private static readonly Option<int> SecurePort = new("--secure-port")
    {
        Description = "Port with TLS; 0 for a free one", DefaultValueFactory = _ => Defaults.SecurePort ?? 0,
    };

    private static readonly Option<int?> InsecurePort = new("--insecure-port") { Description = "Port without TLS and credentials, on loopback only; off unless given" };

    private static readonly Option<string> BindAddress = new("--bind-address")
    {
        Description = "Address of the secure port", DefaultValueFactory = _ => Defaults.BindAddress,
    };

    private static readonly Option<string> ServiceRange = new("--service-cluster-ip-range")
    {
        Description = "Addresses of Services", DefaultValueFactory = _ => Defaults.ServiceClusterIpRange,
    };

    private static readonly Option<string> NodePortRange = new("--service-node-port-range")
    {
        Description = "Node ports of Services", DefaultValueFactory = _ => Defaults.ServiceNodePortRange,
    };

    private static readonly Option<string?> KafkaServers = new("--kafka-bootstrap-servers")
    {
        Description = "Kafka brokers to publish all changes to, host:port separated by commas; off unless given",
    };

    private static readonly Option<string> KafkaTopic = new("--kafka-topic")
    {
        Description = "Kafka topic of the changes", DefaultValueFactory = _ => ChangeTopic.DefaultName,
    };

    private static readonly Option<string?> AdvertiseAddresses = new("--advertise-address") { Description = "Addresses, separated by commas, under which others reach the server; they stand in its certificate", HelpName = "IP[,IP]" };

    private static readonly Option<string?> AdvertiseNames = new("--advertise-name") { Description = "The same for DNS names", HelpName = "NAME[,NAME]" };

    /// <summary>The command.</summary>
    public static RootCommand Create()
    {
        var command = new RootCommand("The MiniK8s API server")
        {
            DataDirectory, Store, EtcdServers, SecurePort, InsecurePort, BindAddress, ServiceRange, NodePortRange, KafkaServers, KafkaTopic, AdvertiseAddresses, AdvertiseNames,
        };
        command.SetAction(RunAsync);
        return command;
    }

    /// <summary>The server's options from the command line.</summary>
    internal static ApiServerOptions OptionsOf(ParseResult arguments) => new()
    {
        DataDirectory = arguments.GetValue(DataDirectory)!,
        SecurePort = arguments.GetValue(SecurePort),
        InsecurePort = arguments.GetValue(InsecurePort),
        BindAddress = arguments.GetValue(BindAddress)!,
        ServiceClusterIpRange = arguments.GetValue(ServiceRange)!,
        ServiceNodePortRange = arguments.GetValue(NodePortRange)!,
    };

    /// <summary>The store's options from the command line.</summary>
    internal static StoreOptions StoreOf(ParseResult arguments)
    {
        var servers = arguments.GetValue(EtcdServers);
        return new StoreOptions
        {
            Kind = servers is null ? arguments.GetValue(Store) : StoreKind.Etcd,
            DataDirectory = arguments.GetValue(DataDirectory),
            Etcd = servers is null ? null : new EtcdOptions { Endpoints = EtcdOptions.ParseEndpoints(servers) },
        };
    }

    /// <summary>Where the changes are published; null where they are not.</summary>
    internal static PublisherOptions? PublisherOf(ParseResult arguments) => arguments.GetValue(KafkaServers) is { Length: > 0 } servers
        ? new PublisherOptions
        {
            BootstrapServers = servers,
            Topic = arguments.GetValue(KafkaTopic)!,
            Identity = $"{Environment.MachineName}:{arguments.GetValue(SecurePort)}",
        }
        : null;

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        using var loggers = LoggerFactory.Create(logging => logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning).AddFilter("MiniK8s", LogLevel.Information));
        var log = loggers.CreateLogger("MiniK8s.ApiServer");
        try
        {
            var options = new ClusterServerOptions
            {
                Server = OptionsOf(arguments),
                Store = StoreOf(arguments),
                Addresses = [.. List(arguments.GetValue(AdvertiseAddresses)).Select(ParseAddress)],
                Names = List(arguments.GetValue(AdvertiseNames)),
                Publisher = PublisherOf(arguments),
            };
            await using var server = await ClusterServer.StartAsync(options, loggers, TimeProvider.System, cancellationToken);
            log.LogInformation("The API is served at {Secure} {Insecure}", server.LocalUrl, server.InsecureUrl);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return 0;
        }
        catch (Exception problem) when (problem is ArgumentException or FormatException or IOException or StoreUnavailableException or InvalidOperationException)
        {
            await Console.Error.WriteLineAsync($"error: {problem.Message}");
            return 1;
        }
    }

    private static IPAddress ParseAddress(string text) =>
        IpText.TryParse(text, out var address) ? address : throw new ArgumentException($"--advertise-address '{text}' is no IP address such as 192.168.0.10");

    private static string[] List(string? text) => (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
