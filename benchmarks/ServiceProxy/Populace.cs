using MiniK8s.Api.Serialization;

namespace MiniK8s.Benchmarks.ServiceProxy;

/// <summary>Fills an API server.</summary>
internal static class Populace
{
    private const int Writers = 16;

    /// <summary>Creates Services 0 to <paramref name="services"/> - 1, each with its slice.</summary>
    public static Task CreateAsync(ProxyNode node, int services, int endpoints) => Parallel.ForEachAsync(
        Enumerable.Range(0, services),
        new ParallelOptions { MaxDegreeOfParallelism = Writers },
        async (number, _) =>
        {
            await node.Api.CreateAsync(WorldObjects.ServicesPath, ApiSerializer.Serialize(WorldObjects.Service(number)));
            await node.Api.CreateAsync(WorldObjects.SlicesPath, ApiSerializer.Serialize(WorldObjects.Slice(number, endpoints)));
        });

    /// <summary>Replaces the slice of a Service.</summary>
    public static Task ReplaceAsync(ProxyNode node, int number, byte[] slice) => node.Api.ReplaceAsync($"{WorldObjects.SlicesPath}/{WorldObjects.SliceName(number)}", slice);
}
