using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using MiniK8s.ApiServer.Security.Pki;

namespace MiniK8s.ApiServer.Security.Authentication;

/// <summary>
/// Bearer tokens, kept in <c>tokens.json</c> (0600) of the data directory as SHA-256 of 256 random bits: the file gives no token
/// away, and a line removed from it revokes one. A running server sees changes of the file at the next request.
/// </summary>
public sealed class TokenFile(string dataDirectory, TimeProvider clock)
{
    private static readonly TimeSpan CheckInterval = TimeSpan.FromMilliseconds(200);
    private readonly string path = Path.Combine(dataDirectory, "tokens.json");
    private Snapshot snapshot = Snapshot.Empty;

    /// <summary>Makes a token for a user and remembers its hash.</summary>
    /// <param name="user">The user name.</param>
    /// <param name="groups">The user's groups.</param>
    /// <param name="lifetime">How long the token is good.</param>
    /// <returns>The token: the only time that it is seen.</returns>
    public string Issue(string user, IReadOnlyList<string> groups, TimeSpan lifetime)
    {
        PrivateFile.CreateDirectory(dataDirectory);
        using var exclusive = new FileStream(path + ".lock", new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var now = clock.GetUtcNow();
        var kept = Read().Where(entry => entry.Expires > now);
        TokenEntry[] entries = [.. kept, new TokenEntry(Hash(token), user, groups, now + lifetime)];
        PrivateFile.Write(path, JsonSerializer.Serialize(entries, TokenJson.Default.TokenEntryArray));
        return token;
    }

    /// <summary>The user of a token; null when it is unknown or has expired. The time that it takes does not depend on how much of it is right.</summary>
    public UserInfo? Authenticate(string token)
    {
        var known = Current();
        return known.Entries.TryGetValue(Hash(token), out var entry) && entry.Expires > clock.GetUtcNow()
            ? UserInfo.Authenticated(entry.User, entry.Groups)
            : null;
    }

    private static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private Snapshot Current()
    {
        var known = Volatile.Read(ref snapshot);
        if (known.CheckedAt is { } at && clock.GetElapsedTime(at) < CheckInterval) return known;
        var written = File.Exists(path) ? File.GetLastWriteTimeUtc(path) : default;
        var next = written == known.Written && known.CheckedAt is not null
            ? known with { CheckedAt = clock.GetTimestamp() }
            : new Snapshot(Read().ToFrozenDictionary(entry => entry.Sha256), written, clock.GetTimestamp());
        Volatile.Write(ref snapshot, next);
        return next;
    }

    private TokenEntry[] Read()
    {
        if (!File.Exists(path)) return [];
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(path), TokenJson.Default.TokenEntryArray) ?? [];
        }
        catch (JsonException error)
        {
            throw new InvalidOperationException($"{path} is damaged ({error.Message}); remove it and issue new tokens", error);
        }
    }

    private sealed record Snapshot(FrozenDictionary<string, TokenEntry> Entries, DateTime Written, long? CheckedAt)
    {
        public static Snapshot Empty { get; } = new(FrozenDictionary<string, TokenEntry>.Empty, default, null);
    }
}

/// <summary>One token as the file keeps it.</summary>
internal sealed record TokenEntry(string Sha256, string User, IReadOnlyList<string> Groups, DateTimeOffset Expires);

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TokenEntry[]))]
internal sealed partial class TokenJson : JsonSerializerContext;
