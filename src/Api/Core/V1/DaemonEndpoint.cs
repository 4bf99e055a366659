using System.Text.Json.Serialization;
using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

public sealed record DaemonEndpoint
{
    [Proto(1), Required, JsonPropertyName("Port")]
    public int Port { get; init; }
}
