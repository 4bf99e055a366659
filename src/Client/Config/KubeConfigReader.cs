using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace MiniK8s.Client.Config;

/// <summary>Turns the YAML (or JSON) of a kubeconfig into a <see cref="KubeConfig"/>; unknown fields are left alone.</summary>
internal static class KubeConfigReader
{
    /// <param name="text">The file's text.</param>
    /// <param name="path">The file's absolute path: for messages, and because relative paths in it are relative to its folder.</param>
    internal static KubeConfig Read(string text, string path)
    {
        if (Root(text, path) is not { } root)
        {
            return new KubeConfig { Source = path };
        }

        return new KubeConfig
        {
            Clusters = Named(root, "clusters", "cluster", Cluster),
            Users = Named(root, "users", "user", User),
            Contexts = Named(root, "contexts", "context", Context),
            CurrentContext = root.Text("current-context"),
            Source = path,
        };
    }

    private static YamlFields? Root(string text, string path)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents.Count == 0)
            {
                return null;
            }

            return stream.Documents[0].RootNode is YamlMappingNode map
                ? new YamlFields(map, path, "")
                : throw new KubeConfigException($"{path}: expected a mapping with 'clusters', 'users' and 'contexts' at the top");
        }
        catch (YamlException e)
        {
            throw new KubeConfigException($"{path}: line {e.Start.Line}, column {e.Start.Column}: not YAML: {e.Message}", e);
        }
    }

    private static Dictionary<string, TItem> Named<TItem>(YamlFields root, string list, string inner, Func<YamlFields, TItem> read)
    {
        var items = new Dictionary<string, TItem>();
        foreach (var entry in root.List(list))
        {
            var name = entry.Text("name");
            if (string.IsNullOrEmpty(name))
            {
                throw entry.Error("name", "is missing");
            }

            // The first entry of a name wins, as between files.
            items.TryAdd(name, read(entry.Map(inner) ?? throw entry.Error(inner, "is missing")));
        }

        return items;
    }

    private static KubeCluster Cluster(YamlFields fields) => new()
    {
        Server = fields.Text("server"),
        TlsServerName = fields.Text("tls-server-name"),
        InsecureSkipTlsVerify = fields.Flag("insecure-skip-tls-verify"),
        Authority = fields.Data("certificate-authority"),
        ProxyUrl = fields.Text("proxy-url"),
    };

    private static KubeUser User(YamlFields fields) => new()
    {
        ClientCertificate = fields.Data("client-certificate"),
        ClientKey = fields.Data("client-key"),
        Token = fields.Text("token"),
        TokenFile = fields.FilePath("tokenFile"),
        Unsupported = [.. UnsupportedFields.Where(fields.Has)],
    };

    private static KubeContext Context(YamlFields fields) => new()
    {
        Cluster = fields.Text("cluster"),
        User = fields.Text("user"),
        Namespace = fields.Text("namespace"),
    };

    private static readonly string[] UnsupportedFields = ["exec", "auth-provider", "username", "password", "as", "as-uid", "as-groups", "as-user-extra"];
}
