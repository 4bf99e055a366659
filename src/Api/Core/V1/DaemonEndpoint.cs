using System.Text.Json.Serialization;
using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Port of a daemon.</summary>
public sealed record DaemonEndpoint
{
    /// <summary>Port number; in JSON with a capital P.</summary>
    [Proto(1), Required, JsonPropertyName("Port")]
    public int Port { get; init; }
}
