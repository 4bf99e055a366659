namespace MiniK8s.ApiServer.Kinds.Rules;

/// <summary>metadata.generateName: a random suffix follows, so a prefix may end with the dash that no name may end with.</summary>
internal static class NamePrefix
{
    /// <summary>The name to check in place of <paramref name="name"/>.</summary>
    public static string AsName(string name, bool isPrefix) => isPrefix && name.Length > 1 && name.EndsWith('-') ? name[..^1] + "a" : name;
}
