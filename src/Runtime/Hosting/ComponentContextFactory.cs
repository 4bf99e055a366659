using Microsoft.Extensions.Logging;
using MiniK8s.Client.Config;
using MiniK8s.Client.Feeds;
using MiniK8s.Client.Feeds.Kafka;
using MiniK8s.Client.Rest;

namespace MiniK8s.Runtime.Hosting;

/// <summary>Makes the <see cref="ComponentContext"/> of a component process.</summary>
public static class ComponentContextFactory
{
    /// <summary>Reads the kubeconfig and prepares client, feed and caches. Nothing is connected yet.</summary>
    /// <param name="settings">Where the cluster is.</param>
    /// <param name="component">What the process calls itself to the server, such as <c>minik8s-proxy</c>.</param>
    /// <param name="loggers">Logs.</param>
    /// <exception cref="KubeConfigException">There is no kubeconfig, or it is wrong; the message is for the user.</exception>
    public static OwnedComponentContext Create(ConnectionSettings settings, string component, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return Create(ClientConfigs.Load(settings.Kubeconfig), settings, component, loggers);
    }

    /// <summary>As above, for a process that has its configuration from elsewhere.</summary>
    public static OwnedComponentContext Create(ClientConfig config, ConnectionSettings settings, string component, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(settings);
        var clock = TimeProvider.System;
        var client = new ApiClient(config with { UserAgent = component }, clock);
        if (string.IsNullOrEmpty(settings.KafkaBootstrapServers))
        {
            var caches = new Caches(new WatchFeed(client, clock, loggers.CreateLogger<WatchFeed>()), loggers, clock);
            return new OwnedComponentContext(new ComponentContext(client, caches, clock, loggers), [caches, new Closing(client)]);
        }

        var options = new KafkaFeedOptions
        {
            BootstrapServers = settings.KafkaBootstrapServers,
            Topic = settings.KafkaTopic,
            ClientId = component,
        };
        var feed = new KafkaFeed(client, options, clock, loggers.CreateLogger<KafkaFeed>());
        var fromKafka = new Caches(feed, loggers, clock);
        return new OwnedComponentContext(new ComponentContext(client, fromKafka, clock, loggers), [fromKafka, feed, new Closing(client)]);
    }

    private sealed class Closing(IDisposable owned) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            owned.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

/// <summary>A context together with what must be closed after it, in order.</summary>
public sealed class OwnedComponentContext(ComponentContext context, IReadOnlyList<IAsyncDisposable> owned) : IAsyncDisposable
{
    /// <summary>The context.</summary>
    public ComponentContext Context => context;

    /// <summary>Stops the feeds and closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var item in owned)
        {
            await item.DisposeAsync();
        }
    }
}
