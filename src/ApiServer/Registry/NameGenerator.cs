using System.Security.Cryptography;

namespace MiniK8s.ApiServer.Registry;

/// <summary>Names from <c>metadata.generateName</c>: the prefix and five characters that make no words (apiserver's names.SimpleNameGenerator).</summary>
internal static class NameGenerator
{
    /// <summary>How often a taken name is replaced by another before the client is told (KEP-4420).</summary>
    public const int Attempts = 8;

    private const string Alphabet = "bcdfghjklmnpqrstvwxz2456789";
    private const int SuffixLength = 5;
    private const int LongestName = 63;

    /// <summary>A name that begins with as much of the prefix as fits a DNS label.</summary>
    public static string From(string prefix)
    {
        var kept = prefix.Length > LongestName - SuffixLength ? prefix[..(LongestName - SuffixLength)] : prefix;
        return kept + RandomNumberGenerator.GetString(Alphabet, SuffixLength);
    }
}
