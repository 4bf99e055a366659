using System.Text;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Validation;
using MiniK8s.ApiServer.Kinds.Rules;
using MiniK8s.ApiServer.Registry;

namespace MiniK8s.ApiServer.Kinds;

/// <summary>Secrets. stringData is for writing only: it becomes data and is never stored.</summary>
internal sealed class SecretKind : ResourceKind<Secret>
{
    public override IReadOnlyList<Column<Secret>> Columns { get; } =
    [
        CommonColumns.Name<Secret>(),
        CommonColumns.Of<Secret>("Type", secret => secret.Type ?? ""),
        CommonColumns.Of<Secret>("Data", secret => (long)secret.Data.Count),
        CommonColumns.CreationAge<Secret>(),
    ];

    public override IReadOnlyDictionary<string, Func<Secret, string>> SelectableFields { get; } = new Dictionary<string, Func<Secret, string>>
    {
        ["type"] = secret => secret.Type ?? "",
    };

    public override Secret Default(Secret value)
    {
        value = value with { Type = string.IsNullOrEmpty(value.Type) ? "Opaque" : value.Type };
        if (value.StringData.Count == 0) return value;
        var data = new Dictionary<string, byte[]>(value.Data);
        foreach (var (key, text) in value.StringData) data[key] = Encoding.UTF8.GetBytes(text);
        return value with { Data = data, StringData = new Dictionary<string, string>() };
    }

    /// <summary>A client that leaves the type out keeps it.</summary>
    public override Secret PrepareForUpdate(Secret value, Secret existing) =>
        value.Type is null or "" ? value with { Type = existing.Type } : value;

    public override IEnumerable<FieldError> Validate(Secret value) => SecretValidation.Validate(value);

    public override IEnumerable<FieldError> ValidateUpdate(Secret value, Secret existing)
    {
        if (value.Type != existing.Type) yield return FieldError.Invalid("type", value.Type, FieldRules.FieldIsImmutable);
        if (existing.Immutable != true) yield break;
        if (value.Immutable != true) yield return FieldError.Forbidden("immutable", DataRules.Frozen);
        if (!DataRules.AreEqual(value.Data, existing.Data)) yield return FieldError.Forbidden("data", DataRules.Frozen);
    }
}
