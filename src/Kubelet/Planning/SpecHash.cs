using System.Security.Cryptography;
using System.Text;
using MiniK8s.Api.Core.V1;

namespace MiniK8s.Kubelet.Planning;

/// <summary>
/// Tells whether a running container is still what its spec asks for. Only the image may change in a living pod, so only it counts:
/// a hash of the whole spec would restart containers whenever a later version adds a default.
/// </summary>
internal static class SpecHash
{
    /// <summary>16 hexadecimal digits.</summary>
    public static string Of(Container container) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{container.Name}\n{container.Image}")))[..16];
}
