using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MiniK8s.ApiServer.Http;
using MiniK8s.ApiServer.Http.Discovery;
using MiniK8s.ApiServer.Http.Endpoints;
using MiniK8s.ApiServer.Http.Pipeline;
using MiniK8s.ApiServer.Http.Resources;
using MiniK8s.ApiServer.Kinds;
using MiniK8s.ApiServer.Registry;
using MiniK8s.ApiServer.Security.Authorization;
using MiniK8s.ApiServer.Storage;

namespace MiniK8s.ApiServer.Hosting;

/// <summary>
/// A running API server. Several may run in one process; none has state outside its store, and none touches a port or a file that it
/// was not given. Disposing it ends watches in order and waits for requests under way; the store stays the caller's.
/// </summary>
public sealed class ApiServerHost : IAsyncDisposable
{
    private static readonly TimeSpan ShutdownTime = TimeSpan.FromSeconds(10);

    private readonly WebApplication application;
    private readonly ResourceHost resources;
    private readonly CancellationTokenSource stopping;
    private readonly Task loops;
    private int isDisposed;

    private ApiServerHost(WebApplication application, ResourceHost resources, CancellationTokenSource stopping, Task loops)
    {
        (this.application, this.resources, this.stopping, this.loops) = (application, resources, stopping, loops);
        (SecureUrl, InsecureUrl) = AddressesOf(application);
    }

    /// <summary>Where TLS is spoken, with the port that was found free where 0 was asked for; null where there is no such port.</summary>
    public Uri? SecureUrl { get; }

    /// <summary>Where plain HTTP is spoken, on loopback; null where there is no such port.</summary>
    public Uri? InsecureUrl { get; }

    /// <summary>Starts a server and returns when it is ready: its caches filled, its first namespaces there, its ports bound.</summary>
    /// <param name="options">How it is set up.</param>
    /// <param name="parts">What is put into it.</param>
    /// <param name="store">Where it keeps everything.</param>
    /// <param name="loggers">Where it logs.</param>
    /// <param name="clock">Time.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <exception cref="ArgumentException">The options make no sense.</exception>
    /// <exception cref="IOException">A port cannot be bound.</exception>
    public static async Task<ApiServerHost> StartAsync(
        ApiServerOptions options, ApiServerParts parts, IStore store, ILoggerFactory loggers, TimeProvider clock, CancellationToken cancellationToken = default)
    {
        options.Validate();
        if (options.SecurePort is not null && parts.Security is null) throw new ArgumentException("SecurePort needs TLS: ApiServerParts.Security is not set");
        var stopping = new CancellationTokenSource();
        var resources = new ResourceHost(options, store, loggers, clock);
        try
        {
            resources.Add(parts.Kinds ?? BuiltInKinds.Create(options.ServiceNetwork()), parts.Endpoints);
            await resources.WhenReadyAsync(cancellationToken);
            await Bootstrap.RunAsync(resources.Tables.Current, cancellationToken);
            var application = Build(options, parts, Pipeline(options, parts, store, resources, loggers, clock, stopping.Token), loggers);
            await application.StartAsync(cancellationToken);
            if (options.AdvertiseAddress is { } address && AddressesOf(application).Secure is { } secure)
            {
                await Bootstrap.PublishServerAsync(resources.Tables.Current, options.ServiceNetwork(), address, secure.Port, cancellationToken);
            }

            var loops = new ServerLoops(store, resources, clock, loggers.CreateLogger<ServerLoops>());
            return new ApiServerHost(application, resources, stopping, Task.WhenAll(
                loops.BookmarkAsync(options.BookmarkInterval, stopping.Token), loops.CompactAsync(options.CompactionInterval, stopping.Token)));
        }
        catch
        {
            await resources.DisposeAsync();
            stopping.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref isDisposed, 1) == 1) return;

        // Watches first: they would hold up the end of all requests.
        await stopping.CancelAsync();
        await application.StopAsync();
        await application.DisposeAsync();
        await loops;
        await resources.DisposeAsync();
        stopping.Dispose();
    }

    private static Microsoft.AspNetCore.Http.RequestDelegate Pipeline(
        ApiServerOptions options, ApiServerParts parts, IStore store, ResourceHost resources, ILoggerFactory loggers, TimeProvider clock, CancellationToken stopping)
    {
        var tables = resources.Tables;
        HealthCheck[] checks =
        [
            new("ping", OnlyReadiness: false, _ => ValueTask.FromResult<string?>(null)),
            new("store", OnlyReadiness: true, async token => await store.CurrentRevisionAsync(token) > 0 ? null : "the store has no revision"),
            new("caches", OnlyReadiness: true, _ => ValueTask.FromResult(resources.WhatIsNotReady())),
            new("shutdown", OnlyReadiness: true, _ => ValueTask.FromResult(stopping.IsCancellationRequested ? "the server is shutting down" : null)),
        ];
        var router = new ApiRouter(
            new ResourceRouter(tables, clock, stopping), new DiscoveryHandler(tables), new HealthHandler(checks), new OpenApiHandler(tables));
        IRequestStep[] steps =
        [
            new ErrorAnswers(loggers.CreateLogger<ErrorAnswers>()),
            new RequestParsing(new RequestInfoParser((group, version, plural) => tables.Current.Kind(group, version, plural))),
            new InFlightLimit(options.MaxRequestsInFlight, options.MaxMutatingRequestsInFlight),
            new TimeLimit(options.RequestTimeout, clock),
            .. parts.Security is { } security ? SecuritySteps(security, tables) : [],
            .. parts.Steps,
        ];
        return RequestPipeline.Build(steps, router.HandleAsync);
    }

    private static IRequestStep[] SecuritySteps(ApiServerSecurity security, ResourceTables tables) =>
        [new AuthenticationStep(security.Authenticator), new AuthorizationStep(new Authorizer(new NodeFacts(tables)))];

    private static WebApplication Build(ApiServerOptions options, ApiServerParts parts, Microsoft.AspNetCore.Http.RequestDelegate pipeline, ILoggerFactory loggers)
    {
        // Nothing is taken from the environment, the command line or a settings file: an embedded server gets what it was given.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.Replace(ServiceDescriptor.Singleton(loggers));
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(host => host.ShutdownTimeout = ShutdownTime);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => Configure(kestrel, options, parts));
        var application = builder.Build();
        application.Run(pipeline);
        return application;
    }

    private static void Configure(KestrelServerOptions kestrel, ApiServerOptions options, ApiServerParts parts)
    {
        kestrel.AddServerHeader = false;
        // BodyReading has the limit. Kestrel's own would close the connection on a client that still sends, which then never sees the
        // answer; without it what is left of a body that was refused is taken and dropped, for five seconds at most.
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MaxRequestLineSize = 32 * 1024;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.Http2.MaxStreamsPerConnection = 250;
        kestrel.AllowSynchronousIO = false;
        if (options.InsecurePort is { } insecure) kestrel.Listen(IPAddress.Loopback, insecure);
        if (options.SecurePort is { } secure) kestrel.Listen(IPAddress.Parse(options.BindAddress), secure, listen => listen.UseHttps(parts.Security!.Tls));
    }

    private static (Uri? Secure, Uri? Insecure) AddressesOf(WebApplication application)
    {
        var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        return (
            UrlOf(addresses.FirstOrDefault(address => address.StartsWith("https:", StringComparison.Ordinal))),
            UrlOf(addresses.FirstOrDefault(address => address.StartsWith("http:", StringComparison.Ordinal))));
    }

    private static Uri? UrlOf(string? address) =>
        address is null ? null : new Uri(address.Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal).Replace("[::]", "127.0.0.1", StringComparison.Ordinal));
}
