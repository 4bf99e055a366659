using System.Text;

namespace MiniK8s.ApiServer.Security.Pki;

/// <summary>The text of a kubeconfig with one cluster, one user and one context, all data inline.</summary>
internal static class KubeconfigText
{
    /// <summary>Builds the YAML. The names in it are the user's and <c>minik8s</c>; the data is base64, so nothing needs quoting but the server.</summary>
    public static string Of(Uri server, string authorityPem, IssuedCertificate client, string user) =>
        $"""
        apiVersion: v1
        kind: Config
        clusters:
        - name: minik8s
          cluster:
            server: "{server.AbsoluteUri.TrimEnd('/')}"
            certificate-authority-data: {Base64(authorityPem)}
        users:
        - name: "{user}"
          user:
            client-certificate-data: {Base64(client.CertificatePem)}
            client-key-data: {Base64(client.KeyPem)}
        contexts:
        - name: minik8s
          context:
            cluster: minik8s
            user: "{user}"
        current-context: minik8s

        """;

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
