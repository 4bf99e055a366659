using System.Collections.Concurrent;
using System.Globalization;
using MiniK8s.Api;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Client.Caching;
using MiniK8s.ControllerManager.Facts;

namespace MiniK8s.ControllerManager.EndpointSlices;

/// <summary>
/// Remembers what was written to slices, so that a cache that does not show it yet is not taken for the truth: deciding from it
/// would make a second slice for the same pods. Thread-safe.
/// </summary>
internal sealed class SliceTracker(ICache<EndpointSlice> cache, TimeProvider clock)
{
    /// <summary>
    /// How long a write is waited for in the cache. Only an object that was written and deleted while the feed was down can take
    /// that long: it is never shown, and nothing is lost by deciding without it.
    /// </summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<ObjectKey, Expectation> expected = new();

    /// <summary>A slice was created or updated; this is the API's answer.</summary>
    public void Written(EndpointSlice slice) => Expect(slice, Version(slice));

    /// <summary>A slice was deleted.</summary>
    public void Deleted(EndpointSlice slice) => Expect(slice, null);

    /// <summary>Takes in what the cache shows: writes that it shows need no waiting for.</summary>
    public void Observe(CacheChange<EndpointSlice> change)
    {
        if (!expected.TryGetValue(change.Key, out var wanted)) return;
        if (Shows(change.Current, wanted) || (change.Current is null && change.Previous?.Metadata.Uid == wanted.Uid)) Met(change.Key, wanted);
    }

    /// <summary>Whether the cache is behind what was written for the Service.</summary>
    public bool IsBehind(ObjectKey service)
    {
        foreach (var (key, wanted) in expected)
        {
            if (clock.GetElapsedTime(wanted.Since) > Patience) Met(key, wanted);
            else if (wanted.Service == service) return true;
        }

        return false;
    }

    /// <summary>The key of the Service that a slice belongs to.</summary>
    public static ObjectKey ServiceOf(EndpointSlice slice) =>
        new(slice.Metadata.Namespace ?? "", slice.Metadata.Labels.GetValueOrDefault(WellKnown.ServiceNameLabel) ?? "");

    private void Expect(EndpointSlice slice, ulong? version)
    {
        var key = ObjectKey.Of(slice);
        var wanted = expected[key] = new(ServiceOf(slice), slice.Metadata.Uid, version, clock.GetTimestamp());

        // The cache may have been faster than the API's answer; then no further change will come.
        if (Shows(cache.Get(key), wanted)) Met(key, wanted);
    }

    private void Met(ObjectKey key, Expectation wanted) => expected.TryRemove(KeyValuePair.Create(key, wanted));

    private static bool Shows(EndpointSlice? slice, Expectation wanted) =>
        slice is null ? wanted.Version is null : slice.Metadata.Uid != wanted.Uid || (wanted.Version is { } version && Version(slice) >= version);

    private static ulong Version(EndpointSlice slice) =>
        ulong.TryParse(slice.Metadata.ResourceVersion, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;

    /// <param name="Service">Whose slice it is.</param>
    /// <param name="Uid">The slice's UID.</param>
    /// <param name="Version">The version to be seen at least; null for a deletion.</param>
    /// <param name="Since">When it was written.</param>
    private sealed record Expectation(ObjectKey Service, string? Uid, ulong? Version, long Since);
}
