using System.Globalization;

namespace MiniK8s.ApiServer.Storage.Etcd;

/// <summary>The version of an etcd member, and what follows from it.</summary>
internal readonly record struct EtcdVersion(int Major, int Minor, int Patch)
{
    /// <summary>
    /// Whether an answer to a progress request may be believed. Earlier members may report a revision before they have sent its
    /// changes (etcd issues 15220 and 17507; 3.4.23 does so whenever a watch that still catches up is asked). Kubernetes draws the line at the same versions
    /// (apiserver, pkg/storage/feature/feature_support_checker.go).
    /// </summary>
    internal bool HasSafeProgress => (Major, Minor) switch
    {
        (3, 4) => Patch >= 31,
        (3, 5) => Patch >= 13,
        _ => Major > 3 || (Major == 3 && Minor > 5),
    };

    /// <summary>Reads <c>3.5.13</c>; what cannot be read counts as old.</summary>
    internal static EtcdVersion Parse(string text)
    {
        var parts = text.Split('.', '-', '+');
        return new EtcdVersion(Number(parts, 0), Number(parts, 1), Number(parts, 2));
    }

    private static int Number(string[] parts, int index) =>
        index < parts.Length && int.TryParse(parts[index], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
