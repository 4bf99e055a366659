using System.Net;
using MiniK8s.ApiServer.Events;
using MiniK8s.ApiServer.Security.Pki;
using MiniK8s.ApiServer.Storage;

namespace MiniK8s.ApiServer.Hosting;

/// <summary>
/// The API server of a cluster as a process runs it: the store that was asked for, TLS and identities from the data directory, and
/// the admin's kubeconfig. An embedded server without these is <see cref="ApiServerHost"/> alone.
/// </summary>
public sealed class ClusterServer : IAsyncDisposable
{
    /// <summary>The name of the admin's kubeconfig in the data directory.</summary>
    public const string AdminKubeconfig = "admin.kubeconfig";

    private readonly ApiServerHost host;
    private readonly RunningPublisher? publisher;

    private ClusterServer(ApiServerHost host, IStore store, ClusterPki pki, RunningPublisher? publisher) =>
        (this.host, Store, Pki, this.publisher) = (host, store, pki, publisher);

    /// <summary>The certificates.</summary>
    public ClusterPki Pki { get; }

    /// <summary>The store.</summary>
    public IStore Store { get; }

    /// <summary>The address on loopback.</summary>
    public Uri LocalUrl => new($"https://127.0.0.1:{host.SecureUrl!.Port}");

    /// <summary>The port without TLS, where it was asked for.</summary>
    public Uri? InsecureUrl => host.InsecureUrl;

    /// <summary>Starts the server; returns when it is ready.</summary>
    /// <exception cref="ArgumentException">An option makes no sense.</exception>
    /// <exception cref="InvalidOperationException">The data directory is damaged.</exception>
    /// <exception cref="IOException">A port is taken.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be opened.</exception>
    public static async Task<ClusterServer> StartAsync(ClusterServerOptions options, ILoggerFactory loggers, TimeProvider clock, CancellationToken cancellationToken = default)
    {
        options.Server.Validate();
        var pki = ClusterPki.Open(options.Server.DataDirectory, clock);
        IStore? store = null;
        try
        {
            store = await StoreFactory.OpenAsync(options.Store, clock, loggers, cancellationToken);
            IPAddress[] addresses = [.. options.Addresses, options.Server.ServiceNetwork().Addresses[0].First];
            var parts = new ApiServerParts { Security = ApiServerSecurity.Of(pki, options.Server.DataDirectory, addresses, options.Names, clock) };
            var host = await ApiServerHost.StartAsync(options.Server with { AdvertiseAddress = options.Addresses is [var first, ..] ? first : null }, parts, store, loggers, clock, cancellationToken);
            var publisher = options.Publisher is { } topic ? RunningPublisher.Start(store, topic, clock, loggers) : null;
            var server = new ClusterServer(host, store, pki, publisher);
            pki.WriteKubeconfig(Path.Combine(options.Server.DataDirectory, AdminKubeconfig), server.LocalUrl, ComponentIdentity.Admin);
            return server;
        }
        catch
        {
            if (store is not null) await store.DisposeAsync();
            pki.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (publisher is not null) await publisher.DisposeAsync();
        await host.DisposeAsync();
        await Store.DisposeAsync();
        Pki.Dispose();
    }
}

/// <summary>How a cluster's API server is set up.</summary>
public sealed record ClusterServerOptions
{
    /// <summary>The server itself. Its data directory holds certificates and tokens as well.</summary>
    public required ApiServerOptions Server { get; init; }

    /// <summary>The store.</summary>
    public required StoreOptions Store { get; init; }

    /// <summary>
    /// Addresses under which clients reach the server, beside loopback; they stand in its certificate. The Service <c>kubernetes</c>
    /// leads to the first.
    /// </summary>
    public IReadOnlyList<IPAddress> Addresses { get; init; } = [];

    /// <summary>DNS names under which clients reach it.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Where every change is published on Kafka; null for nowhere.</summary>
    public PublisherOptions? Publisher { get; init; }
}
