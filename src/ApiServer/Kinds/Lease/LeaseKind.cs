using MiniK8s.Api.Coordination.V1;
using MiniK8s.Api.Validation;
using MiniK8s.ApiServer.Kinds.Rules;
using MiniK8s.ApiServer.Registry;

namespace MiniK8s.ApiServer.Kinds;

/// <summary>Leases. An update must name the version it replaces, for a lease is held by whoever wrote it last.</summary>
internal sealed class LeaseKind : ResourceKind<Lease>
{
    public override bool CreatesOnUpdate => true;

    public override bool AllowsUnconditionalUpdate => false;

    public override IReadOnlyList<Column<Lease>> Columns { get; } =
    [
        CommonColumns.Name<Lease>(),
        CommonColumns.Of<Lease>("Holder", lease => lease.Spec?.HolderIdentity ?? ""),
        CommonColumns.CreationAge<Lease>(),
    ];

    public override IEnumerable<FieldError> Validate(Lease value)
    {
        if (value.Spec?.LeaseDurationSeconds <= 0) yield return FieldError.Invalid("spec.leaseDurationSeconds", value.Spec.LeaseDurationSeconds, "must be greater than 0");
        foreach (var error in FieldRules.NotNegative("spec.leaseTransitions", value.Spec?.LeaseTransitions)) yield return error;
    }
}
