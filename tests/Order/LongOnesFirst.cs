using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(MiniK8s.Tests.Order.LongOnesFirst))]

namespace MiniK8s.Tests.Order;

/// <summary>
/// Runs test classes that are marked by <see cref="TakesLongAttribute"/> before all others. Without it the order is by chance, and a
/// long one that comes last runs alone.
/// </summary>
public sealed class LongOnesFirst : ITestCollectionOrderer
{
    private const string Before = "Test collection for ";

    /// <inheritdoc/>
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection => [.. testCollections.OrderByDescending(collection => TakesLong(collection.TestCollectionDisplayName))];

    // A class that names no collection has one of its own, of which xUnit tells no more than this name.
    private static bool TakesLong(string name) =>
        name.StartsWith(Before, StringComparison.Ordinal)
        && Assembly.GetEntryAssembly()?.GetType(name[Before.Length..].Split(' ')[0])?.IsDefined(typeof(TakesLongAttribute)) == true;
}
