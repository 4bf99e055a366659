using MiniK8s.Api.Declarations;
using MiniK8s.ApiServer.Cache;

namespace MiniK8s.ApiServer.Registry;

/// <summary>What the writes of one kind work with.</summary>
/// <param name="Kind">The rules of the kind.</param>
/// <param name="Objects">Its objects in the store.</param>
/// <param name="Reader">Its cache.</param>
/// <param name="Surroundings">What all kinds share.</param>
internal sealed record RegistryParts<T>(ResourceKind<T> Kind, ObjectStore<T> Objects, CacheReader Reader, RegistrySurroundings Surroundings)
    where T : class, IResource<T>
{
    /// <summary>The time, in whole seconds as the API writes it.</summary>
    public DateTimeOffset Now
    {
        get
        {
            var now = Surroundings.Clock.GetUtcNow();
            return now - TimeSpan.FromTicks(now.Ticks % TimeSpan.TicksPerSecond);
        }
    }
}

/// <summary>What the registries of all kinds share.</summary>
internal sealed record RegistrySurroundings
{
    /// <summary>Guards creations in namespaces.</summary>
    public required NamespaceGate Namespaces { get; init; }

    /// <summary>Reads which claims there are.</summary>
    public required ClaimBook Claims { get; init; }

    /// <summary>Time.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>Logs.</summary>
    public required ILoggerFactory Loggers { get; init; }

    /// <summary>How long a write waits for the controller that completes its object.</summary>
    public required TimeSpan CompletionWait { get; init; }

    /// <summary>Whether a garbage collector runs that acts on the finalizers of propagation policies.</summary>
    public required bool CollectsGarbage { get; init; }
}
