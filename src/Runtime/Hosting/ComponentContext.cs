using Microsoft.Extensions.Logging;
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
