using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>A short-lived token of the pod's service account, as a file.</summary>
public sealed record ServiceAccountTokenProjection
{
    /// <summary>Who shall accept the token; the API server unless given.</summary>
    [Proto(1)]
    public string? Audience { get; init; }

    /// <summary>Seconds that a token lives, at least 600; 3600 unless given. The file is renewed in time.</summary>
    [Proto(2), ZeroCounts]
    public long? ExpirationSeconds { get; init; }

    /// <summary>File in the volume; relative.</summary>
    [Proto(3), Required]
    public string Path { get; init => field = value ?? ""; } = "";
}
