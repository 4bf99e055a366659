using MiniK8s.ApiServer.Storage;

namespace MiniK8s.ApiServer.Tests.Storage;

/// <summary>The contract as a dictionary: what the stores are compared with.</summary>
internal sealed class StoreModel
{
    internal sealed record Entry(string Value, long ModRevision, long CreateRevision);

    private SortedDictionary<string, Entry> _now = new(StringComparer.Ordinal);

    /// <summary>The content after each revision that changed something.</summary>
    internal SortedDictionary<long, SortedDictionary<string, Entry>> History { get; } = [];

    internal IReadOnlyDictionary<string, Entry> Now => _now;

    internal long ModRevision(string key) => _now.TryGetValue(key, out var entry) ? entry.ModRevision : 0;

    internal bool Holds(StoreCondition condition) => ModRevision(condition.Key) == condition.ModRevision;

    /// <summary>Whether these operations change anything.</summary>
    internal bool Changes(IEnumerable<StoreOperation> operations) => operations.Any(operation => operation.Value is not null || _now.ContainsKey(operation.Key));

    internal void Apply(IEnumerable<StoreOperation> operations, long revision, Func<ReadOnlyMemory<byte>, string> text)
    {
        _now = new SortedDictionary<string, Entry>(_now, StringComparer.Ordinal);
        foreach (var (key, value) in operations)
        {
            var created = _now.TryGetValue(key, out var before) ? before.CreateRevision : revision;
            _now.Remove(key);
            if (value is { } bytes)
            {
                _now.Add(key, new Entry(text(bytes), revision, created));
            }
        }

        History[revision] = _now;
    }
}
