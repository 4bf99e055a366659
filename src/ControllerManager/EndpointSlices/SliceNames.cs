using System.Security.Cryptography;
using System.Text;

namespace MiniK8s.ControllerManager.EndpointSlices;

/// <summary>
/// Names of new slices. They look as if generated (<c>web-x7k2p</c>), but follow from the owner's UID: a controller that decides
/// twice from the same state, because it crashed or its cache is behind, asks for the same name twice and is refused.
/// </summary>
internal static class SliceNames
{
    // The letters of generated names in Kubernetes: no vowels, so that no words come out.
    private const string Letters = "bcdfghjklmnpqrstvwxz2456789";

    /// <summary>The first name of the owner's series that is not taken.</summary>
    /// <param name="serviceName">At most 63 characters; with the tail of six the name stays below the 253 that a name may have.</param>
    /// <param name="ownerUid">UID of the owner.</param>
    /// <param name="taken">Names in use; the answer is added.</param>
    public static string Next(string serviceName, string ownerUid, ISet<string> taken)
    {
        for (var number = 0; ; number++)
        {
            var name = $"{serviceName}-{Tail($"{ownerUid}/{number}")}";
            if (taken.Add(name)) return name;
        }
    }

    private static string Tail(string seed)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(seed));
        return string.Create(5, hash, static (tail, bytes) =>
        {
            for (var i = 0; i < tail.Length; i++) tail[i] = Letters[bytes[i] % Letters.Length];
        });
    }
}
