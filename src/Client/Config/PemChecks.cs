using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MiniK8s.Client.Config;

/// <summary>Refuses unusable certificates when the configuration is read, not at the first connection.</summary>
internal static class PemChecks
{
    /// <summary>Returns the text if it holds at least one certificate; null stays null.</summary>
    internal static string? Authority(string? pem, string source)
    {
        if (pem is null)
        {
            return null;
        }

        try
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPem(pem);
            return authorities.Count > 0
                ? pem
                : throw new KubeConfigException($"{source}: certificate-authority: holds no certificate; PEM with BEGIN CERTIFICATE is wanted");
        }
        catch (CryptographicException e)
        {
            throw new KubeConfigException($"{source}: certificate-authority: not a PEM certificate: {e.Message}", e);
        }
    }
}
