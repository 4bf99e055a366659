using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Api.Values;

namespace MiniK8s.Api.Schemas;

/// <summary>Reads the declarations (records and their attributes) into schemas, each type once.</summary>
internal static class DeclaredSchemas
{
    private static readonly ConcurrentDictionary<Type, Schema> Known = new()
    {
        [typeof(string)] = Schema.String,
        [typeof(int)] = Schema.Int32,
        [typeof(long)] = Schema.Int64,
        [typeof(double)] = Schema.Number,
        [typeof(bool)] = Schema.Boolean,
        [typeof(IntOrString)] = Schema.IntOrString,
        [typeof(Quantity)] = Schema.Quantity,
        [typeof(byte[])] = Schema.Bytes,
        [typeof(JsonElement)] = Schema.Any,
    };

    public static Schema Of(Type type) => Known.GetOrAdd(Nullable.GetUnderlyingType(type) ?? type, Read);

    private static Schema Read(Type type)
    {
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)) return Schema.ArrayOf(Of(type.GetGenericArguments()[0]));
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>)) return Schema.MapOf(Of(type.GetGenericArguments()[1]));
        if (type.Namespace?.StartsWith("MiniK8s.Api.", StringComparison.Ordinal) != true)
        {
            throw new NotSupportedException($"{type} has no form in the Kubernetes API");
        }

        return Schema.Object(DefinitionName(type), () => Fields(type));
    }

    private static IEnumerable<SchemaField> Fields(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.SetMethod is not null && property.GetCustomAttribute<JsonIgnoreAttribute>() is null)
            .Select(Field);

    private static SchemaField Field(PropertyInfo property)
    {
        var schema = ValueSchema(property);
        var (atomic, keys) = (property.IsDefined(typeof(AtomicAttribute)), property.GetCustomAttribute<ListMapAttribute>()?.Keys ?? []);
        var isRequired = property.IsDefined(typeof(RequiredAttribute));
        var merge = property.GetCustomAttribute<PatchMergeAttribute>();
        return new SchemaField(JsonName(property), schema)
        {
            IsRequired = isRequired,
            OmitsZero = !isRequired && !property.IsDefined(typeof(ZeroCountsAttribute)),
            OneOf = property.GetCustomAttribute<OneOfAttribute>()?.Values ?? [],
            ListType = schema.Type != SchemaType.Array ? ListType.Unspecified
                : keys.Count > 0 ? ListType.Map
                : property.IsDefined(typeof(ListSetAttribute)) ? ListType.Set
                : atomic ? ListType.Atomic : ListType.Unspecified,
            ListMapKeys = keys,
            IsAtomicMap = atomic && schema.Type != SchemaType.Array,
            PatchMerge = merge is not null,
            PatchMergeKey = merge?.Key,
            PatchRetainKeys = property.IsDefined(typeof(PatchRetainKeysAttribute)),
            ProtoPath = property.GetCustomAttribute<ProtoAttribute>()?.Path ?? [],
        };
    }

    private static Schema ValueSchema(PropertyInfo property)
    {
        var converter = property.GetCustomAttribute<JsonConverterAttribute>()?.ConverterType;
        return converter == typeof(TimeConverter) ? Schema.Time : converter == typeof(MicroTimeConverter) ? Schema.MicroTime : Of(property.PropertyType);
    }

    private static string JsonName(PropertyInfo property) =>
        property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    /// <summary>From <c>MiniK8s.Api.Core.V1.Service</c> to <c>io.k8s.api.core.v1.Service</c>; a list is named after its items.</summary>
    private static string DefinitionName(Type type)
    {
        var (home, name) = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KubeList<>)
            ? (type.GetGenericArguments()[0], type.GetGenericArguments()[0].Name + "List")
            : (type, type.Name);
        var package = home.Namespace!["MiniK8s.Api.".Length..].ToLowerInvariant();
        return package.StartsWith("meta.", StringComparison.Ordinal) ? $"io.k8s.apimachinery.pkg.apis.{package}.{name}" : $"io.k8s.api.{package}.{name}";
    }
}
