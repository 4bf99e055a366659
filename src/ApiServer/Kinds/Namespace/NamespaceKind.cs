using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Names;
using MiniK8s.Api.Validation;
using MiniK8s.ApiServer.Kinds.Rules;
using MiniK8s.ApiServer.Registry;

namespace MiniK8s.ApiServer.Kinds;

/// <summary>
/// Namespaces. A deleted one stays in phase Terminating until the finalizer <c>kubernetes</c> in its spec is gone, which means
/// that nothing is left in it.
/// </summary>
internal sealed class NamespaceKind : ResourceKind<Namespace>
{
    private const string NameLabel = "kubernetes.io/metadata.name";
    private const string Finalizer = "kubernetes";
    private static readonly string[] Protected = ["default", "kube-system", "kube-public"];

    public override bool HasStatus => true;

    public override bool ReturnsDeletedObject => true;

    public override bool DeletesCollections => false;

    public override IReadOnlyDictionary<string, Func<Namespace, string>> SelectableFields { get; } = new Dictionary<string, Func<Namespace, string>>
    {
        ["status.phase"] = value => value.Status?.Phase ?? "",
    };

    public override IReadOnlyList<Column<Namespace>> Columns { get; } =
    [
        CommonColumns.Name<Namespace>(),
        CommonColumns.Of<Namespace>("Status", value => value.Status?.Phase ?? ""),
        CommonColumns.CreationAge<Namespace>(),
    ];

    public override IEnumerable<string> ValidateName(string name, bool isPrefix) => NameRules.Dns1123Label(NamePrefix.AsName(name, isPrefix));

    /// <summary>Selectors find a Namespace by its name through a label that is always there (KEP-2161).</summary>
    public override Namespace Default(Namespace value)
    {
        if (string.IsNullOrEmpty(value.Metadata.Name) || value.Metadata.Labels.ContainsKey(NameLabel)) return value;
        var labels = new Dictionary<string, string>(value.Metadata.Labels) { [NameLabel] = value.Metadata.Name };
        return value with { Metadata = value.Metadata with { Labels = labels } };
    }

    public override Namespace PrepareForCreate(Namespace value)
    {
        var finalizers = value.Spec?.Finalizers ?? [];
        return value with
        {
            Spec = new() { Finalizers = finalizers.Contains(Finalizer) ? finalizers : [.. finalizers, Finalizer] },
            Status = new() { Phase = "Active" },
        };
    }

    public override Namespace PrepareForUpdate(Namespace value, Namespace existing) => value with { Spec = existing.Spec, Status = existing.Status };

    public override Namespace PrepareForStatusUpdate(Namespace value, Namespace existing) => existing with { Status = value.Status };

    public override Namespace PrepareForDeletion(Namespace value) => value with { Status = (value.Status ?? new()) with { Phase = "Terminating" } };

    public override bool HoldsDeletion(Namespace value) => value.Spec?.Finalizers.Count > 0;

    public override string? RefusesDeletion(Namespace value) =>
        Protected.Contains(value.Metadata.Name) ? "this namespace may not be deleted" : null;

    public override IEnumerable<FieldError> Validate(Namespace value)
    {
        foreach (var error in (value.Spec?.Finalizers ?? []).SelectMany((name, index) => FieldRules.QualifiedName($"spec.finalizers[{index}]", name))) yield return error;
        if (value.Metadata.Labels.TryGetValue(NameLabel, out var label) && label != value.Metadata.Name)
            yield return FieldError.Invalid($"metadata.labels[{NameLabel}]", label, $"must be '{value.Metadata.Name}'");
    }

    public override IEnumerable<FieldError> ValidateStatusUpdate(Namespace value, Namespace existing)
    {
        var phase = value.Status?.Phase;
        var isDeleted = existing.Metadata.DeletionTimestamp is not null;
        if (!isDeleted && phase != "Active") yield return FieldError.Invalid("status.Phase", phase, "may only be 'Active' if `deletionTimestamp` is empty");
        if (isDeleted && phase != "Terminating") yield return FieldError.Invalid("status.Phase", phase, "may only be 'Terminating' if `deletionTimestamp` is not empty");
    }
}
