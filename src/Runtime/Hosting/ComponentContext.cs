using Microsoft.Extensions.Logging;
using MiniK8s.Api;
using MiniK8s.Api.Declarations;
using MiniK8s.Client.Caching;
using MiniK8s.Client.Feeds;
using MiniK8s.Client.Rest;

namespace MiniK8s.Runtime.Hosting;

/// <summary>What a component is given to live on: it asks for nothing else from outside, so a test can give it all.</summary>
/// <param name="Client">The API, under the component's own identity.</param>
/// <param name="Caches">Shared caches of the kinds it reads.</param>
/// <param name="Clock">Time.</param>
/// <param name="Loggers">Logs.</param>
public sealed record ComponentContext(IApiClient Client, ICaches Caches, TimeProvider Clock, ILoggerFactory Loggers);

/// <summary>The caches of one component: one feed per kind and scope, however many ask for it.</summary>
public interface ICaches
{
    /// <summary>The cache of a kind; the first call starts its feed.</summary>
    ICache<T> Of<T>(FeedScope? scope = null) where T : class, IResource<T>;

    /// <summary>Starts a feed whose objects are passed on and not kept; see <see cref="Follower{T}"/>.</summary>
    /// <param name="changed">Told of each object, with null of each that is gone, and when that was published; in order and from the feed's thread.</param>
    /// <param name="scope">Which objects; all when null.</param>
    IFollowing Follow<T>(Action<ObjectKey, T?, DateTimeOffset> changed, FeedScope? scope = null) where T : class, IResource<T>;
}

/// <summary>A feed that somebody follows. Disposing ends it; nothing is told after that.</summary>
public interface IFollowing : IAsyncDisposable
{
    /// <summary>Waits until the first list was passed on.</summary>
    Task WaitForSyncAsync(CancellationToken cancellationToken = default);
}

/// <summary>A part of the control plane that runs until it is told to stop.</summary>
public interface IComponent
{
    /// <summary>Such as <c>controller-manager</c>.</summary>
    string Name { get; }

    /// <summary>Completes when the component does its work; fails when it cannot start, with a message for the user.</summary>
    Task Ready { get; }

    /// <summary>Runs until cancelled. Returns normally then; an exception means that the component could not start.</summary>
    Task RunAsync(CancellationToken cancellationToken);
}
