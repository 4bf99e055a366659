using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MiniK8s.Client.Config;

/// <summary>Writes a <see cref="KubeConfig"/> as YAML.</summary>
internal static class KubeConfigWriter
{
    internal static string Text(KubeConfig config)
    {
        var text = new StringBuilder("apiVersion: v1\nkind: Config\n");
        Section(text, "clusters", "cluster", config.Clusters, Cluster);
        Section(text, "users", "user", config.Users, User);
        Section(text, "contexts", "context", config.Contexts, Context);
        Field(text, "", "current-context", config.CurrentContext ?? "");
        return text.ToString();
    }

    private static void Section<TItem>(
        StringBuilder text,
        string list,
        string inner,
        IReadOnlyDictionary<string, TItem> items,
        Func<TItem, IEnumerable<(string Field, string? Value)>> fields)
    {
        text.Append(list).Append(items.Count == 0 ? ": []\n" : ":\n");
        foreach (var (name, item) in items.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            Field(text, "- ", "name", name);
            var present = fields(item).Where(field => !string.IsNullOrEmpty(field.Value)).ToList();
            text.Append("  ").Append(inner).Append(present.Count == 0 ? ": {}\n" : ":\n");
            foreach (var (field, value) in present)
            {
                Field(text, "    ", field, value!);
            }
        }
    }

    private static IEnumerable<(string, string?)> Cluster(KubeCluster cluster) =>
    [
        ("server", cluster.Server),
        ("tls-server-name", cluster.TlsServerName),
        ("insecure-skip-tls-verify", cluster.InsecureSkipTlsVerify ? "true" : null),
        Data("certificate-authority", cluster.Authority),
        ("proxy-url", cluster.ProxyUrl),
    ];

    private static IEnumerable<(string, string?)> User(KubeUser user) =>
    [
        Data("client-certificate", user.ClientCertificate),
        Data("client-key", user.ClientKey),
        ("token", user.Token),
        ("tokenFile", user.TokenFile),
    ];

    private static IEnumerable<(string, string?)> Context(KubeContext context) =>
        [("cluster", context.Cluster), ("user", context.User), ("namespace", context.Namespace)];

    private static (string, string?) Data(string field, KubeData? data) => data switch
    {
        KubeData.Inline inline => (field + "-data", Convert.ToBase64String(Encoding.UTF8.GetBytes(inline.Pem))),
        KubeData.InFile named => (field, named.Path),
        _ => (field, null),
    };

    // A JSON string is a YAML string, so no name or path can break out of its line. Flags must stay bare.
    private static void Field(StringBuilder text, string indent, string field, string value) =>
        text.Append(indent).Append(field).Append(": ").Append(value == "true" ? value : Quote(value)).Append('\n');

    private static string Quote(string value) => $"\"{JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
