using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Declarations;
using MiniK8s.ApiServer.Cache;
using MiniK8s.ApiServer.Http;
using MiniK8s.ApiServer.Http.Endpoints;
using MiniK8s.ApiServer.Registry;
using MiniK8s.ApiServer.Storage;

namespace MiniK8s.ApiServer.Hosting;

/// <summary>Makes registries of kinds, keeps their caches fed, and puts them into the table that requests are served from. Kinds may be added at any time.</summary>
internal sealed class ResourceHost : IKindVisitor<IResourceRegistry>, IAsyncDisposable
{
    private readonly IStore store;
    private readonly ILoggerFactory loggers;
    private readonly TimeProvider clock;
    private readonly WatchCacheOptions cacheOptions;
    private readonly StoreFreshness freshness;
    private readonly RegistrySurroundings surroundings;
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock gate = new();
    private readonly WatchCache namespaces;
    private readonly List<Task> feeds = [];

    /// <summary>A host without kinds.</summary>
    public ResourceHost(ApiServerOptions options, IStore store, ILoggerFactory loggers, TimeProvider clock)
    {
        (this.store, this.loggers, this.clock) = (store, loggers, clock);
        cacheOptions = new WatchCacheOptions { History = options.WatchHistory, Buffer = options.WatchBuffer };
        freshness = new StoreFreshness(store);
        namespaces = new WatchCache(cacheOptions);
        surroundings = new RegistrySurroundings
        {
            Namespaces = new NamespaceGate(store, namespaces, Namespace.Info),
            Claims = new ClaimBook(store),
            Clock = clock,
            Loggers = loggers,
            CompletionWait = options.ServiceAllocationWait,
            CollectsGarbage = options.EnableGarbageCollector,
        };
    }

    /// <summary>The resources that are served.</summary>
    public ResourceTables Tables { get; } = new();

    /// <summary>Adds kinds and endpoints; requests see all of them at once.</summary>
    public void Add(IReadOnlyList<KindRegistration> kinds, IReadOnlyList<IApiEndpoint> endpoints)
    {
        lock (gate)
        {
            var table = Tables.Current;
            List<IResourceRegistry> added = [.. kinds.Select(kind => kind.Accept(this))];
            Tables.Replace(new ResourceTable([.. table.Stored, .. added], [.. table.Endpoints, .. endpoints, .. added.SelectMany(OwnEndpoints)]));
        }
    }

    /// <summary>Completes when every cache has been filled.</summary>
    public Task WhenReadyAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(Tables.Current.Stored.Select(registry => registry.Reader.Cache.Ready)).WaitAsync(cancellationToken);

    /// <summary>What is not ready; null when all is.</summary>
    public string? WhatIsNotReady() =>
        Tables.Current.Stored.FirstOrDefault(registry => !registry.Reader.Cache.Ready.IsCompleted) is { } waiting ? $"{waiting.Info.GroupResource} are not read yet" : null;

    /// <summary>Sends bookmarks to all watches.</summary>
    public void Bookmark()
    {
        foreach (var registry in Tables.Current.Stored) registry.Reader.Cache.Bookmark();
    }

    /// <inheritdoc/>
    public IResourceRegistry Visit<T>(ResourceKind<T> kind) where T : class, IResource<T>
    {
        var cache = kind.Info == Namespace.Info ? namespaces : new WatchCache(cacheOptions);
        var feed = new CacheFeed(
            store, RegistryKeys.PrefixOf(kind.Info), cache, new FieldReader<T>(kind, loggers.CreateLogger<FieldReader<T>>()), loggers.CreateLogger<CacheFeed>());
        var reader = new CacheReader(cache, feed, freshness, cacheOptions, clock);
        feeds.Add(feed.RunAsync(clock, stopping.Token));
        return new Registry<T>(new RegistryParts<T>(kind, new ObjectStore<T>(store, kind, reader), reader, surroundings));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await Task.WhenAll(feeds);
        stopping.Dispose();
    }

    /// <summary>The subresources that need the registry of one kind.</summary>
    private IEnumerable<IApiEndpoint> OwnEndpoints(IResourceRegistry registry) => registry switch
    {
        Registry<Pod> pods => [new BindingEndpoint(pods, "binding", clock), new BindingEndpoint(pods, "", clock)],
        Registry<Namespace> all => [new NamespaceFinalizeEndpoint(all)],
        _ => [],
    };
}
