using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MiniK8s.Api;
using MiniK8s.Api.Declarations;

namespace MiniK8s.Client.Caching;

/// <summary>
/// Passes a feed on and keeps no more of it than which objects there are: for a consumer that makes something smaller of each object,
/// and for which tens of thousands of whole ones would be a burden. An object of a list is passed on as soon as it is read, so that
/// the list is never in memory as a whole; what a later list lacks is told as gone at its end.
/// </summary>
/// <param name="changed">Told of each object that came, changed or was listed again, with null of each that is gone, and with when that was published (see <see cref="Feeds.FeedEvent{T}.Time"/>). It must be short and must not throw.</param>
/// <param name="log">Handlers that throw nevertheless.</param>
public sealed partial class Follower<T>(Action<ObjectKey, T?, DateTimeOffset> changed, ILogger? log = null) : IFeedTarget<T> where T : class, IResource<T>
{
    private readonly ILogger _log = log ?? NullLogger.Instance;
    private readonly TaskCompletionSource _synced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HashSet<ObjectKey> _known = [];
    private readonly StringPool _namespaces = new();
    private HashSet<ObjectKey>? _missing;

    /// <summary>Waits until the first list was passed on.</summary>
    public Task WaitForSyncAsync(CancellationToken cancellationToken = default) => _synced.Task.WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public void Begin() => _missing = [.. _known];

    /// <inheritdoc/>
    public void Add(T value)
    {
        _missing?.Remove(ObjectKey.Of(value));
        Apply(value, default);
    }

    /// <inheritdoc/>
    public void Complete()
    {
        foreach (var key in _missing ?? []) Delete(key, default);
        _missing = null;
        _known.TrimExcess();
        _synced.TrySetResult();
    }

    /// <inheritdoc/>
    public void Apply(T value, DateTimeOffset time = default)
    {
        ArgumentNullException.ThrowIfNull(value);
        var key = new ObjectKey(_namespaces.Of(value.Metadata.Namespace), value.Metadata.Name ?? "");
        _known.Add(key);
        Tell(key, value, time);
    }

    /// <inheritdoc/>
    public void Delete(ObjectKey key, DateTimeOffset time = default)
    {
        if (_known.Remove(key)) Tell(key, null, time);
    }

    private void Tell(ObjectKey key, T? value, DateTimeOffset time)
    {
        try
        {
            changed(key, value, time);
        }
        catch (Exception e)
        {
            HandlerFailed(_log, e, T.Info.Kind, key);
        }
    }

    [LoggerMessage(3103, LogLevel.Error, "The follower failed on the change of {Kind} {Key}")]
    private static partial void HandlerFailed(ILogger logger, Exception e, string kind, ObjectKey key);
}
