using System.Text;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Names;
using MiniK8s.Api.Validation;
using MiniK8s.ApiServer.Kinds.Rules;
using MiniK8s.ApiServer.Registry;

namespace MiniK8s.ApiServer.Kinds;

/// <summary>ConfigMaps: at most 1 MiB, and frozen once they say so.</summary>
internal sealed class ConfigMapKind : ResourceKind<ConfigMap>
{
    public override IReadOnlyList<Column<ConfigMap>> Columns { get; } =
    [
        CommonColumns.Name<ConfigMap>(),
        CommonColumns.Of<ConfigMap>("Data", map => (long)(map.Data.Count + map.BinaryData.Count)),
        CommonColumns.CreationAge<ConfigMap>(),
    ];

    public override IEnumerable<FieldError> Validate(ConfigMap value)
    {
        foreach (var (key, _) in value.Data)
        {
            foreach (var error in FieldRules.Invalid($"data[{key}]", key, NameRules.ConfigMapKey(key))) yield return error;
            if (value.BinaryData.ContainsKey(key)) yield return FieldError.Invalid($"data[{key}]", key, "duplicate of key present in binaryData");
        }
        foreach (var (key, _) in value.BinaryData)
        {
            foreach (var error in FieldRules.Invalid($"binaryData[{key}]", key, NameRules.ConfigMapKey(key))) yield return error;
        }
        var size = value.Data.Values.Sum(text => (long)Encoding.UTF8.GetByteCount(text)) + value.BinaryData.Values.Sum(bytes => (long)bytes.Length);
        if (size > DataRules.MostBytes) yield return FieldError.TooLong("", DataRules.MostBytes);
    }

    public override IEnumerable<FieldError> ValidateUpdate(ConfigMap value, ConfigMap existing)
    {
        if (existing.Immutable != true) yield break;
        if (value.Immutable != true) yield return FieldError.Forbidden("immutable", DataRules.Frozen);
        if (!DataRules.AreEqual(value.Data, existing.Data)) yield return FieldError.Forbidden("data", DataRules.Frozen);
        if (!DataRules.AreEqual(value.BinaryData, existing.BinaryData)) yield return FieldError.Forbidden("binaryData", DataRules.Frozen);
    }
}
