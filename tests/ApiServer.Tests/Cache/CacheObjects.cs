using System.Text;
using MiniK8s.ApiServer.Cache;
using MiniK8s.ApiServer.Registry;

namespace MiniK8s.ApiServer.Tests.Cache;

/// <summary>Objects and changes for tests of the cache.</summary>
internal static class CacheObjects
{
    public static CachedObject Object(string key, long revision, string label = "") => CachedObject.FromStore(
        key, revision, Encoding.UTF8.GetBytes($"{{\"kind\":\"Thing\",\"metadata\":{{\"name\":\"{key.Split('/')[^1]}\",\"labels\":{{\"l\":\"{label}\"}}}}}}"), NoFieldReader.Instance);

    public static CacheEvent Added(string key, long revision, string label = "") => new(ChangeType.Added, Object(key, revision, label), null);

    public static CacheEvent Modified(CacheEvent before, long revision, string label = "") =>
        new(ChangeType.Modified, Object(before.Current.Key, revision, label), before.Current);

    public static CacheEvent Deleted(CacheEvent before, long revision) => new(ChangeType.Deleted, before.Current.At(revision), before.Current);

    public static string Keys(this CacheSnapshot snapshot) => string.Join(' ', snapshot.Objects.Select(value => $"{value.Key}@{value.Revision}"));

    public static string Text(this WatchItem item) => item.Type is null ? $"bookmark@{item.Revision}" : $"{item.Type} {item.Object.Key}@{item.Object.Revision}";

    /// <summary>A cache that has been filled at a revision.</summary>
    public static WatchCache Filled(long revision = 10, WatchCacheOptions? options = null)
    {
        var cache = new WatchCache(options ?? new WatchCacheOptions());
        cache.Reset(CacheSnapshot.Empty with { Revision = revision });
        return cache;
    }
}
