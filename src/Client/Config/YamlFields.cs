using System.Text;
using YamlDotNet.RepresentationModel;

namespace MiniK8s.Client.Config;

/// <summary>The fields of one mapping in a kubeconfig, read with errors that name the file and the field.</summary>
/// <param name="node">The mapping.</param>
/// <param name="file">Absolute path of the kubeconfig.</param>
/// <param name="path">Where the mapping stands, such as <c>users[0].user</c>; empty at the top.</param>
internal sealed class YamlFields(YamlMappingNode node, string file, string path)
{
    internal bool Has(string field) => Find(field) is not null;

    internal string? Text(string field) => Find(field) switch
    {
        null => null,
        YamlScalarNode scalar => scalar.Value,
        _ => throw Error(field, "must be a string"),
    };

    internal bool Flag(string field) => Text(field) switch
    {
        null or "" or "false" => false,
        "true" => true,
        var other => throw Error(field, $"must be true or false, not '{other}'"),
    };

    internal YamlFields? Map(string field) => Find(field) switch
    {
        null => null,
        YamlMappingNode map => new YamlFields(map, file, At(field)),
        _ => throw Error(field, "must be a mapping"),
    };

    internal IEnumerable<YamlFields> List(string field)
    {
        switch (Find(field))
        {
            case null:
                return [];
            case YamlSequenceNode items:
                return items.Select((item, i) => item is YamlMappingNode map
                    ? new YamlFields(map, file, $"{At(field)}[{i}]")
                    : throw Error($"{field}[{i}]", "must be a mapping"));
            default:
                throw Error(field, "must be a list");
        }
    }

    /// <summary>A path, made absolute against the folder of the kubeconfig.</summary>
    internal string? FilePath(string field) =>
        Text(field) is { Length: > 0 } value ? Path.GetFullPath(value, Path.GetDirectoryName(file) ?? "/") : null;

    /// <summary>PEM: inline in <c>FIELD-data</c> (which wins, as in client-go) or in the file that <c>FIELD</c> names.</summary>
    internal KubeData? Data(string field)
    {
        if (Text(field + "-data") is not { Length: > 0 } encoded)
        {
            return FilePath(field) is { } named ? new KubeData.InFile(named) : null;
        }

        try
        {
            return new KubeData.Inline(Encoding.UTF8.GetString(Convert.FromBase64String(encoded)));
        }
        catch (FormatException e)
        {
            throw new KubeConfigException($"{file}: {At(field)}-data: must be base64 of a PEM text", e);
        }
    }

    internal KubeConfigException Error(string field, string what) => new($"{file}: {At(field)}: {what}");

    private YamlNode? Find(string field) =>
        node.Children.TryGetValue(new YamlScalarNode(field), out var value) && !IsNull(value) ? value : null;

    private static bool IsNull(YamlNode value) =>
        value is YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain, Value: "" or "~" or "null" };

    private string At(string field) => path.Length == 0 ? field : $"{path}.{field}";
}
