using System.Text.Json;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Serialization;
using MiniK8s.ApiServer.Cache;

namespace MiniK8s.ApiServer.Registry;

/// <summary>Reads the selectable fields of a kind from its objects.</summary>
internal sealed class FieldReader<T>(ResourceKind<T> kind, ILogger logger) : IFieldReader where T : class, IResource<T>
{
    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Read(CachedObject value)
    {
        var fields = new Dictionary<string, string>(kind.SelectableFields.Count + 2)
        {
            ["metadata.name"] = value.Name.ToString(),
            ["metadata.namespace"] = value.Namespace.ToString(),
        };
        if (kind.SelectableFields.Count == 0) return fields;
        try
        {
            var decoded = ApiSerializer.Deserialize<T>(value.Json.Span);
            foreach (var (name, read) in kind.SelectableFields) fields[name] = read(decoded);
        }
        catch (JsonException problem)
        {
            logger.LogError(problem, "{Kind} {Key} does not decode; field selectors see no fields of it", kind.Info.Kind, value.Key);
        }

        return fields;
    }
}

/// <summary>For objects that no field selector is held against.</summary>
internal sealed class NoFieldReader : IFieldReader
{
    private static readonly Dictionary<string, string> None = [];

    /// <summary>The one.</summary>
    public static NoFieldReader Instance { get; } = new();

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Read(CachedObject value) => None;
}
