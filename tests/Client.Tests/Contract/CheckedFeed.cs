using System.Globalization;
using System.Runtime.CompilerServices;
using MiniK8s.Api;
using MiniK8s.Api.Declarations;
using MiniK8s.Client.Feeds;

namespace MiniK8s.Client.Tests.Contract;

/// <summary>Passes a feed on and fails on the first step that <see cref="FeedEvent{T}"/> forbids.</summary>
internal sealed class CheckedFeed(IChangeFeed inner) : IChangeFeed
{
    private volatile string? _violation;
    private int _lists;

    /// <summary>What was wrong; null while nothing is.</summary>
    internal string? Violation => _violation;

    /// <summary>How many lists began.</summary>
    internal int Lists => _lists;

    public async IAsyncEnumerable<FeedEvent<T>> ReadAsync<T>(FeedScope scope, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class, IResource<T>
    {
        var grammar = new Grammar<T>();
        await foreach (var step in inner.ReadAsync<T>(scope, cancellationToken))
        {
            if (step is FeedEvent<T>.Init)
            {
                Interlocked.Increment(ref _lists);
            }

            _violation ??= grammar.Check(step);
            yield return step;
        }

        _violation ??= "the feed ended";
    }

    private sealed class Grammar<T> where T : class, IResource<T>
    {
        private readonly Dictionary<ObjectKey, long> _versions = [];
        private bool? _listing;

        internal string? Check(FeedEvent<T> step)
        {
            switch (step)
            {
                case FeedEvent<T>.Init:
                    _listing = true;
                    _versions.Clear();
                    return null;
                case FeedEvent<T>.InitApply(var value) when _listing == true:
                    return _versions.TryAdd(ObjectKey.Of(value), Version(value)) ? null : $"{ObjectKey.Of(value)} is twice in one list";
                case FeedEvent<T>.InitDone(var revision) when _listing == true:
                    _listing = false;
                    return _versions.Values.All(version => version <= revision) ? null : $"the list of revision {revision} has newer objects";
                case FeedEvent<T>.Apply(var value) when _listing == false:
                    return Grows(ObjectKey.Of(value), Version(value));
                case FeedEvent<T>.Delete when _listing == false:
                    return null;
                default:
                    return $"{step.GetType().Name} while {(_listing == true ? "a list is coming" : "no list has come")}";
            }
        }

        private string? Grows(ObjectKey key, long version)
        {
            var before = _versions.GetValueOrDefault(key);
            _versions[key] = version;
            return version > before ? null : $"{key} came at {version} after {before}";
        }

        private static long Version(T value) => long.Parse(value.Metadata.ResourceVersion!, CultureInfo.InvariantCulture);
    }
}
