namespace MiniK8s.Client.Rest;

/// <summary>The token of a client: constant, or in a file that somebody rotates.</summary>
internal sealed class BearerToken(string? constant, string? file, TimeProvider clock)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private string? _read;
    private long _readAt;

    /// <summary>The token to send now, or null for none. A file that cannot be read any more leaves the last token in use.</summary>
    internal string? Current()
    {
        if (file is null)
        {
            return string.IsNullOrEmpty(constant) ? null : constant;
        }

        lock (_gate)
        {
            if (_read is null || clock.GetElapsedTime(_readAt) >= Freshness)
            {
                _read = Read() ?? _read;
                _readAt = clock.GetTimestamp();
            }

            return _read;
        }
    }

    private string? Read()
    {
        try
        {
            return File.ReadAllText(file!).Trim() is { Length: > 0 } token ? token : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return _read is not null ? null : throw new HttpRequestException($"cannot read the token file '{file}': {e.Message}", e);
        }
    }
}
