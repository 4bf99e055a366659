namespace MiniK8s.E2E.Tests.Clusters;

/// <summary>What a test cannot do without.</summary>
internal static class Needs
{
    /// <summary>Skips the test where one of the reasons is one.</summary>
    public static void All(params IEnumerable<string?> skipReasons)
    {
        if (skipReasons.FirstOrDefault(reason => reason is not null) is { } reason) Assert.Skip(reason);
    }
}
