using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging;
using MiniK8s.ApiServer.Events;
using MiniK8s.ApiServer.Hosting;
using MiniK8s.ApiServer.Security.Pki;
using MiniK8s.ApiServer.Storage;
using MiniK8s.ApiServer.Storage.Etcd;
using MiniK8s.Client.Config;
using MiniK8s.ControllerManager;
using MiniK8s.Kubelet;
using MiniK8s.Proxy;
using MiniK8s.Proxy.Model;
using MiniK8s.Runtime.Hosting;

namespace MiniK8s.Cluster;

/// <summary>All parts of a cluster in this process, each under its own identity and speaking to the others over TLS on loopback.</summary>
internal sealed class LocalCluster : IAsyncDisposable
{
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromMinutes(3);

    private readonly UpOptions options;
    private readonly ClusterServer server;
    private readonly ILoggerFactory loggers;
    private readonly Action<string> progress;
    private readonly CancellationTokenSource stop;
    private readonly List<OwnedComponentContext> contexts = [];
    private readonly List<IComponent> components = [];
    private Task<int>? running;

    private LocalCluster(UpOptions options, ClusterServer server, ILoggerFactory loggers, Action<string> progress, CancellationToken cancellationToken)
    {
        (this.options, this.server, this.loggers, this.progress) = (options, server, loggers, progress);
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    }

    /// <summary>What was asked for.</summary>
    public UpOptions Options => options;

    /// <summary>The admin's kubeconfig.</summary>
    public string AdminKubeconfig => Path.Combine(options.DataDirectory, ClusterServer.AdminKubeconfig);

    /// <summary>Starts the API server, then the other parts, which may not be ready yet.</summary>
    public static async Task<LocalCluster> StartAsync(UpOptions options, ILoggerFactory loggers, Action<string> progress, CancellationToken cancellationToken)
    {
        var clock = TimeProvider.System;
        var started = clock.GetTimestamp();
        var server = await ClusterServer.StartAsync(ServerOptions(options), loggers, clock, cancellationToken);
        progress(string.Create(CultureInfo.InvariantCulture, $"apiserver: {server.LocalUrl} on {options.Store}, {clock.GetElapsedTime(started).TotalSeconds:0.00} s"));
        if (server.InsecureUrl is { } insecure) progress($"apiserver: {insecure} without credentials");
        var cluster = new LocalCluster(options, server, loggers, progress, cancellationToken);
        cluster.AddComponents();
        cluster.running = ComponentHost.RunAsync(cluster.components, loggers, cluster.stop.Token);
        return cluster;
    }

    /// <summary>Waits until every part does its work.</summary>
    /// <exception cref="TimeoutException">One of them is not ready within three minutes.</exception>
    public async Task ReadyAsync(CancellationToken cancellationToken)
    {
        var waits = components.Select(component => ReadyAsync(component, cancellationToken)).ToList();
        await Task.WhenAll(waits).WaitAsync(ReadyLimit, TimeProvider.System, cancellationToken);
    }

    /// <summary>Runs until the cancellation given at the start, or until a part fails.</summary>
    /// <returns>0, or 1 after a failure.</returns>
    public Task<int> RunAsync(CancellationToken cancellationToken) => running!;

    /// <summary>A client configuration with all rights, for what this process does on the user's behalf.</summary>
    public ClientConfig AdminConfig() => ConfigOf(ComponentIdentity.Admin);

    /// <summary>What other commands need to know.</summary>
    public RunFile Describe() => new()
    {
        ProcessId = Environment.ProcessId,
        ProcessStart = RunFile.StartOfSelf(),
        StartedAt = TimeProvider.System.GetUtcNow(),
        Server = server.LocalUrl.ToString().TrimEnd('/'),
        NodeName = options.NodeName,
        DockerHost = options.RunsKubelet ? options.DockerHost.ToString() : null,
        ProxyMode = options.RunsProxy ? options.ProxyMode : null,
    };

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        if (running is not null) await running;
        foreach (var component in components.OfType<IDisposable>()) component.Dispose();
        foreach (var context in contexts) await context.DisposeAsync();
        await server.DisposeAsync();
        stop.Dispose();
    }

    private static ClusterServerOptions ServerOptions(UpOptions options) => new()
    {
        Server = new ApiServerOptions
        {
            SecurePort = options.SecurePort,
            InsecurePort = options.InsecurePort,
            DataDirectory = options.DataDirectory,
            ServiceClusterIpRange = options.ServiceClusterIpRange,
            ServiceNodePortRange = options.ServiceNodePortRange,
        },
        Store = new StoreOptions
        {
            Kind = Enum.Parse<StoreKind>(options.Store, ignoreCase: true),
            DataDirectory = options.DataDirectory,
            Etcd = options.EtcdServers.Count == 0 ? null : new EtcdOptions { Endpoints = options.EtcdServers },
        },
        Addresses = [options.NodeAddress],
        Publisher = options.KafkaBootstrapServers is { } brokers
            ? new PublisherOptions { BootstrapServers = brokers, Topic = options.KafkaTopic, Identity = $"{options.NodeName}:{options.SecurePort}" }
            : null,
    };

    private async Task ReadyAsync(IComponent component, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        await component.Ready.WaitAsync(cancellationToken);
        progress(string.Create(CultureInfo.InvariantCulture, $"{component.Name}: ready, {TimeProvider.System.GetElapsedTime(started).TotalSeconds:0.00} s"));
    }

    private void AddComponents()
    {
        components.Add(new ControllerManagerComponent(
            Context(ComponentIdentity.ControllerManager, "minik8s-controller-manager"),
            new ControllerManagerOptions
            {
                Network = new ApiServerOptions { ServiceClusterIpRange = options.ServiceClusterIpRange, ServiceNodePortRange = options.ServiceNodePortRange }.ServiceNetwork(),
                ClusterCidrs = [IPNetwork.Parse(options.ClusterCidr)],
                RootCertificate = server.Pki.Authority.CertificatePem,
            }));
        if (options.RunsKubelet) components.Add(Kubelet());
        if (options.RunsProxy) components.Add(Proxy());
    }

    private KubeletComponent Kubelet()
    {
        var kubelet = new KubeletOptions
        {
            NodeName = options.NodeName,
            NodeAddress = options.NodeAddress.ToString(),
            DockerHost = options.DockerHost,
            DataDirectory = options.DataDirectory,
        };
        return kubelet.Validate().FirstOrDefault() is { } wrong
            ? throw new ArgumentException(wrong)
            : new KubeletComponent(Context(ComponentIdentity.Node(options.NodeName), "minik8s-kubelet"), kubelet);
    }

    private ProxyComponent Proxy()
    {
        var proxy = new ProxyOptions
        {
            NodeName = options.NodeName,
            Mode = options.ProxyMode,
            ClusterCidr = options.ClusterCidr,
            Balancing = Enum.TryParse<Balancing>(options.Balancing.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var balancing)
                ? balancing
                : throw new ArgumentException($"--balancing '{options.Balancing}' is unknown; give random or round-robin"),
        };
        return proxy.Validate().FirstOrDefault() is { } wrong
            ? throw new ArgumentException(wrong)
            : new ProxyComponent(Context(ComponentIdentity.Proxy, "minik8s-proxy"), proxy);
    }

    private ComponentContext Context(ComponentIdentity identity, string agent)
    {
        var settings = new ConnectionSettings { KafkaBootstrapServers = options.KafkaBootstrapServers, KafkaTopic = options.KafkaTopic };
        var context = ComponentContextFactory.Create(ConfigOf(identity), settings, agent, loggers);
        contexts.Add(context);
        return context.Context;
    }

    private ClientConfig ConfigOf(ComponentIdentity identity)
    {
        var issued = server.Pki.Authority.IssueClient(identity.User, identity.Groups);
        return new ClientConfig
        {
            Server = server.LocalUrl,
            AuthorityPem = server.Pki.Authority.CertificatePem,
            Identity = new ClientIdentity(issued.CertificatePem, issued.KeyPem),
        };
    }
}
